# newslint: build, test, install. `make help` lists the targets.
#
#   make                          build/newslint, build/libnewslint.a, build/libnewslint.so
#   make test                     everything the tests hold
#   make SAN=address,undefined test   the same under sanitizers, in a build folder of its own
#   make install                  below PREFIX (/usr/local) and DESTDIR; make uninstall takes it away
#   make static                   build/newslint-static, which needs no shared library
#   make dist                     build/newslint-VERSION.tar.gz, the sources
#   make deb                      build/deb/*.deb
#
# CFLAGS, CPPFLAGS and LDFLAGS are the user's; what newslint itself needs is added to them. HARDEN= leaves out
# what keeps mistakes in memory from being used (tools/harden.mk).

VERSION := 0.1.0
SOVERSION := 0

CC ?= cc
AR ?= ar
OBJCOPY ?= objcopy
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
DESTDIR ?=
SAN ?=
WERROR ?=

comma := ,
B = build$(if $(SAN),/san-$(subst $(comma),-,$(SAN)))
LIBS := yaml-0.1 libpcre2-8 libcmark libutf8proc libxxhash

NL_CPPFLAGS := -Isrc -Iinclude -I$(B)/gen -D_GNU_SOURCE -DNEWSLINT_VERSION='"$(VERSION)"' \
	$(shell $(PKG_CONFIG) --cflags $(LIBS) 2>/dev/null)
NL_CFLAGS := -std=c11 -fPIC -fvisibility=hidden -pthread -Wall -Wextra -Wpedantic -Wshadow -Wvla \
	-Wmissing-prototypes -Wstrict-prototypes -Wformat=2 $(if $(WERROR),-Werror) -ffile-prefix-map=$(CURDIR)=. \
	$(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
NL_LDFLAGS := -pthread $(if $(SAN),-fsanitize=$(SAN))
include tools/harden.mk
NL_LDLIBS := $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null) -lm

LIB_SRC := $(sort $(wildcard $(addprefix src/,$(addsuffix /*.c,base text encoding doc rule check engine run format))))
CLI_SRC := $(filter-out $(if $(SAN),src/cli/yaml_hooks.c),$(sort $(wildcard src/cli/*.c)))
RULES := $(sort $(wildcard rules/*.yaml))
UNIT_SRC := $(sort $(wildcard tests/unit/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(B)/obj/%.o) $(B)/obj/gen/rules.o
CLI_OBJ := $(CLI_SRC:%.c=$(B)/obj/%.o)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(B)/unit/%)

.PHONY: all
all: $(B)/newslint $(B)/libnewslint.a $(B)/libnewslint.so

$(B)/newslint: $(CLI_OBJ) $(B)/libnl.a
	$(CC) $(CFLAGS) $(NL_CFLAGS) $(NL_PIE) $(LDFLAGS) $(NL_LDFLAGS) -o $@ $^ $(NL_LDLIBS)

# All of the library with its private names, for the program and the tests.
$(B)/libnl.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcsD $@ $^

# What is installed: one object in which only newslint_* is visible.
$(B)/libnewslint.a: $(LIB_OBJ)
	@rm -f $@
	$(CC) -r -nostdlib -o $(B)/newslint-all.o $^
	$(OBJCOPY) --wildcard --keep-global-symbol='newslint_*' $(B)/newslint-all.o
	$(AR) rcsD $@ $(B)/newslint-all.o

$(B)/libnewslint.so: $(LIB_OBJ)
	$(CC) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -shared \
		-Wl,-soname,libnewslint.so.$(SOVERSION) -o $@ $^ $(NL_LDLIBS)

# Everything depends on the flags it was built with, and on nothing else of the command line.
FLAGS_NOW := $(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(NL_PIE) $(LDFLAGS) $(NL_LDFLAGS)
$(B)/flags: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(subst ','\'',$(FLAGS_NOW))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(FLAGS_NOW))' > $@

.PHONY: FORCE
FORCE:

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) -MMD -MP -c -o $@ $<

# The built-in rule sets, embedded as bytes and as what YAML makes of them.
$(B)/pack: tools/pack/pack.c $(filter $(B)/obj/src/base/% $(B)/obj/src/text/% $(B)/obj/src/doc/%,$(LIB_OBJ))
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -o $@ $^ $(NL_LDLIBS)

$(B)/gen/rules.c: $(RULES) $(B)/pack
	@mkdir -p $(@D)
	$(B)/pack $(RULES) > $@.tmp && mv $@.tmp $@

$(B)/obj/gen/rules.o: $(B)/gen/rules.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) -c -o $@ $<

$(B)/unit/%: tests/unit/%.c $(B)/libnl.a $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) -Itests/unit $(CFLAGS) $(NL_CFLAGS) -Wno-missing-prototypes $(LDFLAGS) $(NL_LDFLAGS) \
		-MMD -MP -o $@ $< $(B)/libnl.a -lcmocka $(NL_LDLIBS)

# ---- What is made from the rows ---------------------------------------------------------------

GENERATE_SRC := $(sort $(wildcard tools/generate/*.c))
$(B)/generate: $(GENERATE_SRC) tools/generate/generate.h $(filter-out %/main.o,$(CLI_OBJ)) $(B)/libnl.a
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -o $@ \
		$(filter-out %.h,$^) $(NL_LDLIBS)

# Writes docs/checks.md and docs/limits.md, the schema of rule files, man pages, completions and the picture anew, below OUT.
OUT ?= .
.PHONY: docs
docs: $(B)/generate $(B)/newslint
	@mkdir -p $(OUT)/docs $(OUT)/man $(OUT)/completions
	$(B)/generate checks >$(OUT)/docs/checks.md
	$(B)/newslint rules --schema >$(OUT)/docs/newslint-rules.schema.json
	$(B)/generate fill <man/newslint.1.in >$(OUT)/man/newslint.1
	$(B)/generate fill <man/newslint-rules.5.in >$(OUT)/man/newslint-rules.5
	$(B)/generate fill <docs/limits.md.in >$(OUT)/docs/limits.md
	$(B)/generate bash >$(OUT)/completions/newslint.bash
	$(B)/generate zsh >$(OUT)/completions/_newslint
	$(B)/generate fish >$(OUT)/completions/newslint.fish
	python3 tools/picture.py $(B)/newslint >$(OUT)/docs/output.svg

# ---- Tests ----------------------------------------------------------------------------------

.PHONY: unit
unit: $(UNIT_BIN)

.PHONY: test
test: all unit replay $(if $(SAN),,$(B)/faults/shim.so)
	@BUILD=$(B) SAN='$(SAN)' CC='$(CC)' SKIP='$(SKIP)' sh tests/run.sh

# What runs in several threads, alone: for the thread sanitizer.
.PHONY: test-threads
test-threads: all $(B)/unit/test_pool
	@BUILD=$(B) SAN='$(SAN)' sh tests/run.sh tests/integration/threads.sh $(B)/unit/test_pool

# Rewrites the expectations of the fixtures, and what the pages of docs/ say that commands print; `git diff` is the review.
PAGES := docs/rules.md docs/expressions.md docs/formats.md
.PHONY: expect
expect: $(B)/newslint
	@BUILD=$(B) EXPECT=write sh tests/integration/fixtures.sh
	@BUILD=$(B) EXPECT=write sh tests/integration/tables.sh
	@BUILD=$(B) python3 tests/integration/docs_run.py --write $(PAGES) | grep '^not ok' || true
	@BUILD=$(B) EXPECT=write sh tests/integration/rule_files.sh

# Each allocation and each system call fails in turn, killed runs, editors that save meanwhile: docs/reliability.md.
# `make test` runs a lean part of it.
$(B)/faults/shim.so: tests/faults/shim.c
	@mkdir -p $(@D)
	$(CC) -O1 -g -std=c11 -D_GNU_SOURCE -U_FORTIFY_SOURCE -fPIC -shared -Wall -Wextra -o $@ $< -ldl

.PHONY: test-faults
test-faults: $(B)/newslint $(B)/faults/shim.so
	@BUILD=$(B) FAULTS=all sh tests/integration/faults.sh

# The unit tests, the corpora and the examples; then everything else that runs the program: no scripts that pass under any
# sanitizer (they build, preload or limit something), that run no program, or run the corpora as `make valgrind` does.
NOT_VALGRIND := ci editors faults fuzz gitignore hardened install layers packages
VALGRIND_ALL := $(filter-out $(NOT_VALGRIND:%=tests/integration/%.sh),$(sort $(wildcard tests/integration/*.sh)))
.PHONY: valgrind valgrind-all
valgrind valgrind-all: all unit replay
	@BUILD=$(B) sh tests/valgrind.sh $(if $(filter %-all,$@),$(VALGRIND_ALL))

FORMATTED := $(wildcard include/*.h src/*/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch] tests/bench/*.c tests/faults/*.c tools/*/*.[ch])
.PHONY: format format-check
format:
	clang-format -i $(FORMATTED)
format-check:
	clang-format --dry-run --Werror $(FORMATTED)

-include $(wildcard tests/*/*.mk)

# ---- Installing -----------------------------------------------------------------------------

.PHONY: deps
deps:
	sh tools/deps.sh

BINDIR := $(DESTDIR)$(PREFIX)/bin
LIB := $(DESTDIR)$(LIBDIR)
INCDIR := $(DESTDIR)$(PREFIX)/include
SHARE := $(DESTDIR)$(PREFIX)/share
MANDIR := $(SHARE)/man
DATADIR := $(SHARE)/newslint

# One list for install and uninstall: each entry is source:target:mode.
INSTALLED := $(B)/newslint:$(BINDIR)/newslint:755 \
	$(B)/libnewslint.a:$(LIB)/libnewslint.a:644 \
	$(B)/libnewslint.so:$(LIB)/libnewslint.so.$(VERSION):755 \
	$(B)/newslint.pc:$(LIB)/pkgconfig/newslint.pc:644 \
	include/newslint.h:$(INCDIR)/newslint.h:644 \
	$(foreach f,$(wildcard man/*.1),$(f):$(MANDIR)/man1/$(notdir $(f)):644) \
	$(foreach f,$(wildcard man/*.5),$(f):$(MANDIR)/man5/$(notdir $(f)):644) \
	completions/newslint.bash:$(SHARE)/bash-completion/completions/newslint:644 \
	completions/_newslint:$(SHARE)/zsh/site-functions/_newslint:644 \
	completions/newslint.fish:$(SHARE)/fish/vendor_completions.d/newslint.fish:644 \
	docs/newslint-rules.schema.json:$(DATADIR)/newslint-rules.schema.json:644 \
	docs/newslint-report.schema.json:$(DATADIR)/newslint-report.schema.json:644 \
	$(foreach f,$(RULES),$(f):$(DATADIR)/rules/$(notdir $(f)):644) \
	editors/vim/compiler/newslint.vim:$(SHARE)/vim/vimfiles/compiler/newslint.vim:644 \
	editors/nvim/lua/lint/linters/newslint.lua:$(SHARE)/nvim/site/lua/lint/linters/newslint.lua:644 \
	editors/emacs/newslint-flymake.el:$(SHARE)/emacs/site-lisp/newslint-flymake.el:644 \
	editors/vscode/tasks.json:$(DATADIR)/vscode-tasks.json:644 \
	editors/newslint-matcher.json:$(DATADIR)/newslint-matcher.json:644
LINKS := libnewslint.so.$(SOVERSION) libnewslint.so

$(B)/newslint.pc: FORCE
	@mkdir -p $(B)
	@printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(LIBDIR:$(PREFIX)/%=$${prefix}/%)' 'includedir=$${prefix}/include' '' \
		'Name: newslint' 'Description: Checks the articles of news sites' 'Version: $(VERSION)' \
		'Requires.private: $(LIBS)' 'Libs: -L$${libdir} -lnewslint' 'Libs.private: -pthread -lm' \
		'Cflags: -I$${includedir}' > $@.tmp && mv -f $@.tmp $@

.PHONY: install uninstall
install: all $(B)/newslint.pc
	@set -e; for entry in $(INSTALLED); do \
		from=$${entry%%:*}; rest=$${entry#*:}; to=$${rest%:*}; mode=$${rest##*:}; \
		mkdir -p "$$(dirname "$$to")"; install -m "$$mode" "$$from" "$$to"; done
	@ln -sf libnewslint.so.$(VERSION) $(LIB)/libnewslint.so.$(SOVERSION)
	@ln -sf libnewslint.so.$(VERSION) $(LIB)/libnewslint.so
	@[ -n '$(DESTDIR)' ] || ldconfig 2>/dev/null || true

uninstall:
	@for entry in $(INSTALLED); do rest=$${entry#*:}; rm -f "$${rest%:*}"; done
	@for link in $(LINKS); do rm -f $(LIB)/$$link; done
	@for dir in share/newslint/rules share/vim/vimfiles/compiler share/nvim/site/lua/lint/linters share/emacs/site-lisp \
		share/bash-completion/completions share/zsh/site-functions share/fish/vendor_completions.d; do \
		(cd $(DESTDIR)$(PREFIX)/$${dir%%/*} 2>/dev/null && rmdir -p $${dir#*/} 2>/dev/null) || true; done
	@rmdir $(LIB)/pkgconfig 2>/dev/null || true

include tools/packages.mk
include tools/quality.mk

.PHONY: help
help:
	@sed -n 's/^#   //p' Makefile

.PHONY: clean
clean:
	rm -rf build compile_commands.json

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT_BIN:%=%.d)
