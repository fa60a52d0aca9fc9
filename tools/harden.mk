# Hardening, by default, where the compiler and the linker know it; what they do not know is left out.
# It stands before the user's CFLAGS, so that those win, and _FORTIFY_SOURCE is set only with
# optimisation and where nobody has set it. Sanitizers look closer, so that there is none of it with
# SAN. `make HARDEN=` does without.

HARDEN ?= yes
ifneq ($(and $(HARDEN),$(if $(SAN),,yes)),)
# The flags, if a program that is built with them works out without a warning. \043 is a hash.
nl_try = $(shell printf '\043include <string.h>\nint main(void) { return 0; }\n' | \
	$(CC) -O2 -U_FORTIFY_SOURCE -Werror $(1) -x c -o /dev/null - >/dev/null 2>&1 && echo '$(1)')
nl_try_all = $(or $(call nl_try,$(1)),$(foreach flag,$(1),$(call nl_try,$(flag))))

HARDEN_CFLAGS := $(call nl_try_all,-fstack-protector-strong -fstack-clash-protection \
	$(if $(filter x86_64 i686,$(shell uname -m)),-fcf-protection=full) \
	$(if $(filter aarch64,$(shell uname -m)),-mbranch-protection=standard))
HARDEN_LDFLAGS := $(call nl_try_all,-Wl$(comma)-z$(comma)relro -Wl$(comma)-z$(comma)now -Wl$(comma)-z$(comma)noexecstack)
NL_PIE := $(call nl_try,-pie -fPIE)
ifneq ($(filter -O -O1 -O2 -O3 -Os -Oz -Og -Ofast,$(CFLAGS)),)
ifeq ($(findstring FORTIFY_SOURCE,$(CFLAGS) $(CPPFLAGS)),)
HARDEN_CFLAGS += -U_FORTIFY_SOURCE $(or $(call nl_try,-D_FORTIFY_SOURCE=3),$(call nl_try,-D_FORTIFY_SOURCE=2))
endif
endif
NL_CPPFLAGS += $(HARDEN_CFLAGS)
NL_LDFLAGS += $(HARDEN_LDFLAGS)
endif
