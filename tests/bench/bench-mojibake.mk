# make bench-mojibake: precision, recall and speed of the mojibake engine (docs/mojibake.md).
# TEXTS: a folder of clean texts, LANG.txt each; LINES: so many lines of each language.
TEXTS ?=
LINES ?= 30

$(B)/bench/mojibake_%: tests/bench/mojibake_%.c $(B)/libnl.a $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -MMD -MP -o $@ $< \
		$(B)/libnl.a $(NL_LDLIBS)

.PHONY: bench-mojibake
bench-mojibake: $(B)/bench/mojibake_run $(B)/bench/mojibake_speed
	python3 tests/bench/bench-mojibake.py $(B)/bench --lines $(LINES) $(if $(TEXTS),--texts $(TEXTS))
