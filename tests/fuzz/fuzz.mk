# Fuzzing. A target is tests/fuzz/fuzz_NAME.c; it is made three ways: with libFuzzer (`make fuzz`),
# with AFL++ (`make fuzz-afl`), and with any compiler as a program that runs its corpus once, which
# `make test` does. Seeds are made of the fixtures; what was found lies in tests/fuzz/seeds/.

SECONDS ?= 60
FUZZ := $(sort $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c)))
REPLAY_BIN := $(FUZZ:%=$(B)/replay/%)
# The command line without its main(), and with libyaml's own allocator, so that valgrind sees what it allocates.
FUZZ_OBJ := $(filter-out %/main.o %/yaml_hooks.o,$(CLI_OBJ))

.PHONY: replay
replay: $(REPLAY_BIN) $(B)/seeds/made

$(B)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(FUZZ_OBJ) $(B)/libnl.a $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -Wno-missing-prototypes \
		-o $@ $< tests/fuzz/replay.c $(FUZZ_OBJ) $(B)/libnl.a $(NL_LDLIBS)
$(REPLAY_BIN): $(wildcard tests/fuzz/*.h tests/unit/*.h)

$(B)/seeds/made: tests/fuzz/seeds.py $(RULES) $(wildcard tests/fixtures/*/* tests/fixtures/sites/*/*)
	@rm -rf $(B)/seeds && mkdir -p $(B)/seeds
	python3 tests/fuzz/seeds.py $(B)/seeds && touch $@

# With libFuzzer or AFL++. Comparisons are recorded, for the fuzzer to learn words from, only where
# texts are parsed: recording those of the encoding model alone took half of the time.
$(B)/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ_OBJ) $(B)/libnl.a $(B)/flags $(wildcard tests/fuzz/*.h)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) -Wno-missing-prototypes $(LDFLAGS) $(NL_LDFLAGS) -fsanitize=fuzzer \
		-o $@ $< $(FUZZ_OBJ) $(B)/libnl.a $(NL_LDLIBS)
ifneq ($(findstring fuzzer,$(SAN)),)
$(filter-out $(B)/obj/src/doc/% $(B)/obj/src/rule/%,$(LIB_OBJ)): NL_CFLAGS += -fno-sanitize-coverage=trace-cmp
endif

.PHONY: fuzz fuzz-afl fuzz-build fuzz-afl-build
fuzz-build:
	@$(MAKE) --no-print-directory B=build/fuzz CC=clang SAN=fuzzer-no-link,address,undefined \
		$(FUZZ:%=build/fuzz/%) build/fuzz/seeds/made
fuzz-afl-build:
	@AFL_QUIET=1 $(MAKE) --no-print-directory B=build/afl CC=afl-clang-fast SAN=address,undefined \
		$(FUZZ:%=build/afl/%) build/afl/seeds/made
fuzz: fuzz-build
	@SECONDS_EACH=$(SECONDS) sh tests/fuzz.sh libfuzzer $(FUZZ:%=build/fuzz/%)
fuzz-afl: fuzz-afl-build
	@SECONDS_EACH=$(SECONDS) sh tests/fuzz.sh afl $(FUZZ:%=build/afl/%)
