# make bench: how fast newslint is, on articles made for it, and how far from the floor that its
# libraries set (docs/performance.md). SIZES, THREADS and ROUNDS can be given; `make bench
# SIZES="1000 10000 100000"` takes a few minutes.
SIZES ?= 1000 10000
ROUNDS ?= 5
BENCH_BIN := $(B)/bench/corpus $(B)/bench/floor $(B)/bench/measure

$(BENCH_BIN): $(B)/bench/%: tests/bench/%.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -o $@ $< $(NL_LDLIBS)

.PHONY: bench bench-instructions
bench: $(B)/newslint $(BENCH_BIN)
	@BUILD=$(B) SIZES='$(SIZES)' ROUNDS='$(ROUNDS)' sh tests/bench/speed.sh

# Fails when an article costs over 3 % more instructions than docs/performance.md says.
bench-instructions: $(B)/newslint $(BENCH_BIN)
	@BUILD=$(B) sh tests/bench/instructions.sh
