## Threads: `system` has them.

export Thread, createThread, joinThread, joinThreads, running, handle, pinToCpu, onThreadDestruction
