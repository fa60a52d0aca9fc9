# make bench-mojibake: precision, recall and speed of the mojibake engine (tests/bench/README of it
# is docs/mojibake.md). TEXTS: a folder of clean texts, one file a language.
TEXTS ?= tests/bench/texts

$(B)/bench/%: tests/bench/%.c $(B)/libnl.a $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -MMD -MP -o $@ $< \
		$(B)/libnl.a $(NL_LDLIBS)

.PHONY: bench-mojibake
bench-mojibake: $(B)/bench/mojibake_run
	python3 tests/bench/bench-mojibake.py $(TEXTS) $(B)/bench
