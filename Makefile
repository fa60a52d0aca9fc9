# newslint: build, test, install. `make help` lists the targets.
#
#   make                          build/newslint, build/libnewslint.a, build/libnewslint.so
#   make test                     everything the tests hold
#   make SAN=address,undefined test   the same under sanitizers, in a build folder of its own
#
# CFLAGS, CPPFLAGS and LDFLAGS are the user's; what newslint itself needs is added to them.

VERSION := 0.1.0
SOVERSION := 0

CC ?= cc
AR ?= ar
OBJCOPY ?= objcopy
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
DESTDIR ?=
SAN ?=
WERROR ?=

comma := ,
B := build$(if $(SAN),/san-$(subst $(comma),-,$(SAN)))
LIBS := yaml-0.1 libpcre2-8 libcmark libutf8proc libxxhash

NL_CPPFLAGS := -Isrc -Iinclude -I$(B)/gen -D_GNU_SOURCE -DNEWSLINT_VERSION='"$(VERSION)"' \
	$(shell $(PKG_CONFIG) --cflags $(LIBS) 2>/dev/null)
NL_CFLAGS := -std=c11 -fPIC -fvisibility=hidden -pthread -Wall -Wextra -Wpedantic -Wshadow -Wvla \
	-Wmissing-prototypes -Wstrict-prototypes -Wformat=2 $(if $(WERROR),-Werror) \
	$(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
NL_LDFLAGS := -pthread $(if $(SAN),-fsanitize=$(SAN))
NL_LDLIBS := $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null) -lm

LIB_SRC := $(sort $(wildcard $(addprefix src/,$(addsuffix /*.c,base text encoding doc rule check engine run format))))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
RULES := $(sort $(wildcard rules/*.yaml))
UNIT_SRC := $(sort $(wildcard tests/unit/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(B)/obj/%.o) $(B)/obj/gen/rules.o
CLI_OBJ := $(CLI_SRC:%.c=$(B)/obj/%.o)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(B)/unit/%)

.PHONY: all
all: $(B)/newslint $(B)/libnewslint.a $(B)/libnewslint.so

$(B)/newslint: $(CLI_OBJ) $(B)/libnl.a
	$(CC) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -o $@ $^ $(NL_LDLIBS)

# All of the library with its private names, for the program and the tests.
$(B)/libnl.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

# What is installed: one object in which only newslint_* is visible.
$(B)/libnewslint.a: $(LIB_OBJ)
	@rm -f $@
	$(CC) -r -nostdlib -o $(B)/newslint-all.o $^
	$(OBJCOPY) --wildcard --keep-global-symbol='newslint_*' $(B)/newslint-all.o
	$(AR) rcs $@ $(B)/newslint-all.o

$(B)/libnewslint.so: $(LIB_OBJ)
	$(CC) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -shared \
		-Wl,-soname,libnewslint.so.$(SOVERSION) -o $@ $^ $(NL_LDLIBS)

# Everything depends on the flags it was built with, and on nothing else of the command line.
FLAGS_NOW := $(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS)
$(B)/flags: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(subst ','\'',$(FLAGS_NOW))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(FLAGS_NOW))' > $@

.PHONY: FORCE
FORCE:

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) -MMD -MP -c -o $@ $<

# The built-in rule sets, embedded as bytes.
$(B)/gen/rules.c: $(RULES) tools/embed.sh
	@mkdir -p $(@D)
	sh tools/embed.sh $(RULES) > $@.tmp && mv $@.tmp $@

$(B)/obj/gen/rules.o: $(B)/gen/rules.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) $(CFLAGS) $(NL_CFLAGS) -c -o $@ $<

$(B)/unit/%: tests/unit/%.c $(B)/libnl.a $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(NL_CPPFLAGS) -Itests/unit $(CFLAGS) $(NL_CFLAGS) -Wno-missing-prototypes $(LDFLAGS) $(NL_LDFLAGS) \
		-MMD -MP -o $@ $< $(B)/libnl.a -lcmocka $(NL_LDLIBS)

.PHONY: unit
unit: $(UNIT_BIN)

.PHONY: test
test: all unit
	@BUILD=$(B) SAN='$(SAN)' sh tests/run.sh

.PHONY: clean
clean:
	rm -rf build compile_commands.json

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT_BIN:%=%.d)
