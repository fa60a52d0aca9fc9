# make bench: how fast newslint is, on articles made for it, beside the floor that its libraries set and
# the peers that are found (docs/performance.md). SIZES, ROUNDS and the other variables of
# tests/bench/speed.sh can be given; `make bench SIZES="1000 10000 100000"` takes some minutes.
SIZES ?= 1000 10000
ROUNDS ?= 5
BENCH_BIN := $(B)/bench/corpus $(B)/bench/floor $(B)/bench/measure

$(BENCH_BIN): $(B)/bench/%: tests/bench/%.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -o $@ $< $(NL_LDLIBS)

.PHONY: bench bench-peers bench-instructions bench-linear
bench: $(B)/newslint $(BENCH_BIN)
	@BUILD=$(B) CC='$(CC)' SIZES='$(SIZES)' ROUNDS='$(ROUNDS)' sh tests/bench/speed.sh

# Installs the peers that npm has into the build folder.
bench-peers:
	@mkdir -p $(B)/peers
	cp tests/bench/peers/*.json tests/bench/peers/*.mjs $(B)/peers/
	npm install --prefix $(B)/peers --no-audit --no-fund

# Fails when an article costs over 3 % more instructions than docs/performance.md says.
bench-instructions: $(B)/newslint $(BENCH_BIN)
	@BUILD=$(B) CC='$(CC)' sh tests/bench/instructions.sh

# How the time grows with the bytes of what strangers may write (docs/limits.md).
bench-linear: $(B)/newslint
	@python3 tests/bench/linear.py $(B)/newslint
