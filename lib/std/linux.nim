## What Linux has beside POSIX.

import std/posix

const # What `clone` shares with the new process, or gives it
  CSIGNAL* = 0xFF'i32
  CLONE_VM* = 0x100'i32
  CLONE_FS* = 0x200'i32
  CLONE_FILES* = 0x400'i32
  CLONE_SIGHAND* = 0x800'i32
  CLONE_PIDFD* = 0x1000'i32
  CLONE_PTRACE* = 0x2000'i32
  CLONE_VFORK* = 0x4000'i32
  CLONE_PARENT* = 0x8000'i32
  CLONE_THREAD* = 0x10000'i32
  CLONE_NEWNS* = 0x20000'i32
  CLONE_SYSVSEM* = 0x40000'i32
  CLONE_SETTLS* = 0x80000'i32
  CLONE_PARENT_SETTID* = 0x100000'i32
  CLONE_CHILD_CLEARTID* = 0x200000'i32
  CLONE_DETACHED* = 0x400000'i32
  CLONE_UNTRACED* = 0x800000'i32
  CLONE_CHILD_SETTID* = 0x1000000'i32
  CLONE_NEWCGROUP* = 0x2000000'i32
  CLONE_STOPPED* = 0x2000000'i32
  CLONE_NEWUTS* = 0x4000000'i32
  CLONE_NEWIPC* = 0x8000000'i32
  CLONE_NEWUSER* = 0x10000000'i32
  CLONE_NEWPID* = 0x20000000'i32
  CLONE_NEWNET* = 0x40000000'i32
  CLONE_IO* = 0x80000000'i32

proc clone*(fn: pointer, child_stack: pointer, flags: cint, arg: pointer, ptid: ptr Pid, tls: pointer,
  ctid: ptr Pid): cint {.error: "not supported yet: threads that C starts; use std/typedthreads".}

proc cPipe2(ends: pointer, flags: cint): cint {.importc: "pipe2", cdecl.}
proc pipe2*(a: array[0 .. 1, cint], flags: cint): cint = cPipe2(unsafeAddr a, flags)
  ## Two ends of a pipe, put into `a`, with flags as `open` has them.
