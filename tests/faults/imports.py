#!/usr/bin/env python3
"""Is there a call that could fail and that the shim does not know?

    imports.py NEWSLINT SHIM

Asks nm what the program and the libraries it is linked with take from libc. Each name must be the shim's, or one of
those that cannot fail, only fail for want of memory (which the shim sees), or are never reached (said beside them).
"""
import re
import subprocess
import sys

CANNOT_FAIL = """
    __assert_fail __cxa_finalize __errno_location __gmon_start__ __libc_start_main __sched_cpucount __stack_chk_fail
    __tls_get_addr _ITM_deregisterTMCloneTable _ITM_registerTMCloneTable _exit _setjmp abort bcmp bsearch ceil dirfd exit floor free
    freelocale getenv getpid getrusage htonl inet_pton longjmp memchr memcmp memcpy memmem memmove memrchr memset newlocale
    pthread_cond_broadcast pthread_cond_destroy pthread_cond_init pthread_cond_signal pthread_cond_wait pthread_join
    pthread_kill pthread_mutex_destroy pthread_mutex_init pthread_mutex_lock pthread_mutex_trylock
    pthread_mutex_unlock
    pthread_mutexattr_destroy pthread_mutexattr_init pthread_mutexattr_settype pthread_sigmask qsort qsort_r raise
    sched_yield sigaction sigaddset sigemptyset signal sigprocmask sigwait snprintf stderr stdout strchr strcmp strcpy strcspn
    strdup strerror strlen strncmp strncpy strrchr strspn strstr strtod strtod_l strtol time tolower toupper umask
    vsnprintf __ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc getpagesize sysconf munmap mprotect sprintf
    __isoc23_strtol __isoc99_sscanf memccpy strcat fileno __fdelt_chk log logf pow exp
""".split()
# cmark's and libyaml's own reading and writing of FILEs, and terminals' widths and last words, advice; nothing hangs on them.
NOT_REACHED = """
    fread fwrite fputs fputc ferror feof fflush fopen fclose puts putc printf fprintf vfprintf perror ioctl
    __fprintf_chk __vfprintf_chk __printf_chk mkostemp ftruncate64 ftruncate unlink memfd_create shm_open
    secure_getenv getuid geteuid madvise posix_madvise
""".split()


def names(arguments):
    out = subprocess.run(["nm", "-D"] + arguments, check=True, stdout=subprocess.PIPE).stdout.decode()
    return {re.sub("@.*", "", line.split()[-1]) for line in out.splitlines()}


def main():
    program, shim = sys.argv[1:3]
    linked = subprocess.run(["ldd", program], check=True, stdout=subprocess.PIPE).stdout.decode()
    libraries = [w for w in linked.split() if w.startswith("/") and not re.search(r"/(libc\.so|libm\.so|ld-)[^/]*$", w)]
    known = names(["--defined-only", shim])
    own = set().union(*(names(["--defined-only", lib]) for lib in libraries))
    bad = []
    for where in [program] + libraries:
        for name in sorted(names(["--undefined-only", where]) - own):
            plain = re.sub(r"^__(.*)_chk$", r"\1", name)
            if name in known or name in NOT_REACHED or (plain in CANNOT_FAIL and plain not in known):
                continue
            bad.append("%s of %s" % (name, where))
    print("%s - every call that could fail is one that is made to fail" % ("not ok" if bad else "ok"))
    for b in bad:
        print("# %s" % b)
    sys.exit(bool(bad))


main()
