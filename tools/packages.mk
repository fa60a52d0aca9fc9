# ---- Packages: a program that runs alone, a tarball, Debian packages ------------------------------

# Linked with no shared library: runs on any Linux of this processor.
.PHONY: static
static: $(B)/newslint-static
$(B)/newslint-static: $(CLI_OBJ) $(B)/libnl.a
	$(CC) $(CFLAGS) $(NL_CFLAGS) $(LDFLAGS) $(NL_LDFLAGS) -static -o $@ $^ \
		$(shell $(PKG_CONFIG) --static --libs $(LIBS)) -lm

# The sources. The same sources give the same bytes.
.PHONY: dist
dist:
	@mkdir -p $(B)
	sh tools/dist.sh $(VERSION) $(B)/newslint-$(VERSION).tar.gz

# newslint, libnewslint and libnewslint-dev, built with the flags that Debian builds with; `deb-of-build` packs what is in
# $(B) as it is.
DEB ?= $(B)/deb
.PHONY: deb deb-of-build
deb:
	@command -v dpkg-shlibdeps >/dev/null || { echo "newslint: make deb needs the package dpkg-dev" >&2; exit 2; }
	@$(MAKE) B=$(DEB)/build DEB=$(DEB) CPPFLAGS="$$(dpkg-buildflags --get CPPFLAGS)" \
		LDFLAGS="$$(dpkg-buildflags --get LDFLAGS)" \
		CFLAGS="$$(dpkg-buildflags --get CFLAGS) -ffile-prefix-map=$(CURDIR)=." deb-of-build
deb-of-build: all
	@mkdir -p $(DEB)
	+sh tools/deb.sh $(VERSION) $(SOVERSION) $(B) $(DEB)
