/* The lock is held by whoever must not be interrupted; the waiting thread takes it and never gives
 * it back. */
#include "run/guard.h"
#include "base/mem.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct temporary {
    int folder;
    char *name;
} temporary;

struct nl_guard {
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;
    temporary *files;
    size_t count, cap;
    void (*farewell)(void *context);
    void *context;
    sigset_t old_mask;
    struct sigaction old_pipe, old_file_size;
};

static void guarded_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGUSR2); /* to this thread alone: the end of the guard */
}

static void *wait_for_signals(void *context) {
    nl_guard *g = context;
    sigset_t set;
    guarded_signals(&set);
    int signal = 0;
    if (sigwait(&set, &signal) != 0 || signal == SIGUSR2)
        return NULL;
    pthread_mutex_lock(&g->lock);
    for (size_t i = 0; i < g->count; i++)
        unlinkat(g->files[i].folder, g->files[i].name, 0);
    if (g->farewell)
        g->farewell(g->context);
    _exit(128 + signal);
}

nl_guard *nl_guard_new(void) {
    nl_guard *g = nl_calloc(1, sizeof *g);
    pthread_mutex_init(&g->lock, NULL);
    sigset_t set;
    guarded_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, &g->old_mask);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, &g->old_pipe);
    sigaction(SIGXFSZ, &ignore, &g->old_file_size);
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
    sigaction(SIGPIPE, &g->old_pipe, NULL);
    sigaction(SIGXFSZ, &g->old_file_size, NULL);
    pthread_mutex_destroy(&g->lock);
    for (size_t i = 0; i < g->count; i++)
        free(g->files[i].name);
    free(g->files);
    free(g);
}

void nl_guard_enter(nl_guard *g) {
    pthread_mutex_lock(&g->lock);
}

void nl_guard_leave(nl_guard *g) {
    pthread_mutex_unlock(&g->lock);
}

void nl_guard_add(nl_guard *g, int folder, const char *name) {
    size_t n = strlen(name) + 1;
    g->files = nl_grow(g->files, &g->cap, g->count + 1, sizeof *g->files);
    g->files[g->count++] = (temporary){folder, memcpy(nl_alloc(n), name, n)};
}

void nl_guard_drop(nl_guard *g, int folder, const char *name) {
    for (size_t i = 0; i < g->count; i++)
        if (g->files[i].folder == folder && strcmp(g->files[i].name, name) == 0) {
            free(g->files[i].name);
            g->files[i] = g->files[--g->count];
            return;
        }
}

void nl_guard_farewell(nl_guard *g, void (*farewell)(void *context), void *context) {
    nl_guard_enter(g);
    g->farewell = farewell;
    g->context = context;
    nl_guard_leave(g);
}
