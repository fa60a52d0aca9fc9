/* The lock is held by whoever must not be interrupted; who ends the program takes it and never
 * gives it back. */
#include "run/guard.h"
#include "base/file.h"
#include "base/mem.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct nl_guard {
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* knows its owner, which may run out of memory while holding it */
    nl_guard_file *files;
    size_t count;
    void (*farewell)(void *context, size_t count);
    void *context;
    sigset_t waited, old_mask;
    struct sigaction old_pipe, old_file_size, old_io;
};

/* Those that end the program, and the end of the guard, which is sent to its thread alone. nohup(1)
 * has SIGHUP ignored; SIGINT is taken all the same, which shells have ignored in the background. */
static void choose_signals(sigset_t *set) {
    struct sigaction now;
    sigemptyset(set);
    sigaddset(set, SIGUSR2);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    if (sigaction(SIGHUP, NULL, &now) != 0 || now.sa_handler != SIG_IGN)
        sigaddset(set, SIGHUP);
}

static void remove_all(nl_guard *g) {
    for (const nl_guard_file *f = g->files; f; f = f->next)
        unlinkat(f->folder, f->name, 0);
}

static void *wait_for_signals(void *context) {
    nl_guard *g = context;
    int signal = 0;
    if (sigwait(&g->waited, &signal) != 0 || signal == SIGUSR2)
        return NULL;
    pthread_mutex_lock(&g->lock);
    remove_all(g);
    if (g->farewell)
        g->farewell(g->context, g->count);
    _exit(128 + signal);
}

nl_guard *nl_guard_new(void) {
    nl_guard *g = nl_calloc(1, sizeof *g);
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&g->lock, &kind);
    pthread_mutexattr_destroy(&kind);
    choose_signals(&g->waited);
    pthread_sigmask(SIG_BLOCK, &g->waited, &g->old_mask);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, &g->old_pipe);
    sigaction(SIGXFSZ, &ignore, &g->old_file_size);
    sigaction(SIGIO, &ignore, &g->old_io);
    g->started = pthread_create(&g->thread, NULL, wait_for_signals, g) == 0;
    if (!g->started)
        pthread_sigmask(SIG_SETMASK, &g->old_mask, NULL);
    return g;
}

void nl_guard_free(nl_guard *g) {
    if (!g)
        return;
    if (g->started) {
        pthread_kill(g->thread, SIGUSR2);
        pthread_join(g->thread, NULL);
        pthread_sigmask(SIG_SETMASK, &g->old_mask, NULL);
    }
    sigaction(SIGIO, &g->old_io, NULL);
    sigaction(SIGPIPE, &g->old_pipe, NULL);
    sigaction(SIGXFSZ, &g->old_file_size, NULL);
    pthread_mutex_destroy(&g->lock);
    free(g);
}

void nl_guard_enter(nl_guard *g) {
    pthread_mutex_lock(&g->lock);
}

void nl_guard_leave(nl_guard *g) {
    pthread_mutex_unlock(&g->lock);
}

void nl_guard_add(nl_guard *g, nl_guard_file *file) {
    file->next = g->files;
    g->files = file;
}

void nl_guard_drop(nl_guard *g, nl_guard_file *file) {
    for (nl_guard_file **at = &g->files; *at; at = &(*at)->next)
        if (*at == file) {
            *at = file->next;
            return;
        }
}

void nl_guard_count(nl_guard *g) {
    g->count++;
}

void nl_guard_farewell(nl_guard *g, void (*farewell)(void *context, size_t count), void *context) {
    nl_guard_enter(g);
    g->farewell = farewell;
    g->context = context;
    nl_guard_leave(g);
}

_Noreturn void nl_guard_quit(nl_guard *g, nl_str message, int status) {
    pthread_mutex_lock(&g->lock); /* an error where this thread holds it already */
    remove_all(g);
    nl_file_write_fd(STDERR_FILENO, message.p, message.n, NULL);
    _exit(status);
}
