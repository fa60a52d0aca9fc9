# ---- Looking at the code: coverage and static analysis ---------------------------------------------

# Which lines of src/ the tests run: build/coverage/report.txt, and a page for each file in
# build/coverage/html/. Fails below 95 %. Wants gcovr. Left out are scripts that run no program, or one that they build; those of
# faults, where the calls that write the counts would fail too, each in turn; and hostile texts, which take too long without
# optimisation.
NOT_COVERED := ci editors faults hardened hostile install layers packages
.PHONY: coverage
coverage:
	@rm -rf build/coverage
	@$(MAKE) --no-print-directory CC=gcc B=build/coverage HARDEN= CFLAGS='-O0 -g --coverage' LDFLAGS=--coverage SKIP='$(NOT_COVERED)' test
	@mkdir -p build/coverage/html
	gcovr --root . --object-directory build/coverage/obj --filter src/ --txt build/coverage/report.txt \
		--html-details build/coverage/html/index.html --print-summary --fail-under-line 95 build/coverage/obj

# Static analysis. `make -j lint` says what clang-format, cppcheck and clang-tidy (.clang-tidy) have to say, `make -j analyze`
# also what gcc's analyzer and -Wconversion have, file by file: what was looked at is not looked at again. What is
# silenced is silenced there, with the reason.
TEST_SRC := $(UNIT_SRC) $(sort $(wildcard tests/fuzz/*.c tests/bench/*.c tests/faults/*.c tools/*/*.c examples/*.c))
.PHONY: lint analyze cppcheck
lint: format-check cppcheck $(patsubst %.c,$(B)/tidy/%,$(LIB_SRC) $(CLI_SRC) $(TEST_SRC))
analyze: lint $(LIB_SRC:%.c=$(B)/analyzer/%) $(CLI_SRC:%.c=$(B)/analyzer/%)

# All sources but the tables of the language model: they are numbers, and take cppcheck longer than all else together.
# template.c keeps the place where it is to say what is wrong, and does not read what is there; what is said of several
# files together cannot be silenced beside it.
cppcheck: $(B)/gen/rules.c
	@mkdir -p $(B)/cppcheck
	cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 --enable=warning,performance,portability \
		--suppress=ctuuninitvar:src/rule/template.c -i src/encoding/model_tables.c \
		--cppcheck-build-dir=$(B)/cppcheck -j$(shell nproc) -Isrc -Iinclude src tests tools

$(B)/tidy/%: %.c .clang-tidy $(wildcard tests/.clang-tidy tests/*/.clang-tidy) compile_commands.json
	@mkdir -p $(@D)
	@clang-tidy --quiet -p . $< && touch $@

$(B)/analyzer/%: %.c
	@mkdir -p $(@D)
	gcc -fanalyzer -Werror -O1 -Wconversion -Wno-sign-conversion $(CPPFLAGS) $(NL_CPPFLAGS) $(NL_CFLAGS) -c -o /dev/null $< && touch $@

# For clang-tidy and editors (clangd).
compile_commands.json: Makefile tools/quality.mk
	@flags=$$(printf '%s' '$(subst ','\'',$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) -Itests/unit $(CFLAGS) $(NL_CFLAGS))' | sed 's/["\\]/\\&/g'); \
	sep='['; for f in $(LIB_SRC) $(CLI_SRC) $(TEST_SRC); do \
		printf '%s\n{"directory": "%s", "file": "%s", "command": "%s -c %s"}' "$$sep" "$(CURDIR)" "$$f" "$$flags" "$$f"; sep=','; \
	done >$@; printf '\n]\n' >>$@
