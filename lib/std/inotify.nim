## What happens to files, as Linux tells it.

type InotifyEvent* {.bycopy.} = object
  ## Something that happened.
  wd*: FileHandle ## What was watched.
  mask*: uint32 ## What happened.
  cookie*: uint32 ## The same in both parts of a renaming.
  len*: uint32 ## How many bytes there are of the name, which follows.
  name*: UncheckedArray[char] ## The file's name.

const
  IN_ACCESS* = 0x1
  IN_MODIFY* = 0x2
  IN_ATTRIB* = 0x4
  IN_CLOSE_WRITE* = 0x8
  IN_CLOSE_NOWRITE* = 0x10
  IN_OPEN* = 0x20
  IN_MOVED_FROM* = 0x40
  IN_MOVED_TO* = 0x80
  IN_CREATE* = 0x100
  IN_DELETE* = 0x200
  IN_DELETE_SELF* = 0x400
  IN_MOVE_SELF* = 0x800
  IN_UNMOUNT* = 0x2000
  IN_Q_OVERFLOW* = 0x4000
  IN_IGNORED* = 0x8000
  IN_ONLYDIR* = 0x1000000
  IN_DONT_FOLLOW* = 0x2000000
  IN_EXCL_UNLINK* = 0x4000000
  IN_MASK_ADD* = 0x20000000
  IN_ISDIR* = 0x40000000
  IN_ONESHOT* = 0x80000000
  IN_CLOSE* = IN_CLOSE_WRITE or IN_CLOSE_NOWRITE
  IN_MOVE* = IN_MOVED_FROM or IN_MOVED_TO
  IN_ALL_EVENTS* = 0xfff ## All that can be waited for.

{.push cdecl, importc.}
proc inotify_init*(): FileHandle
  ## What files are watched with.
proc inotify_init1*(flags: cint): FileHandle
  ## The same, with flags as `open` has them.
proc inotify_add_watch*(fd: cint, name: cstring, mask: uint32): cint
  ## Watches a file.
proc inotify_rm_watch*(fd: cint, wd: cint): cint
  ## Watches it no more.
{.pop.}

iterator inotify_events*(evs: pointer, n: int): ptr InotifyEvent =
  ## The events in the `n` bytes that were read.
  var at = cast[uint](evs)
  let last = at + uint(n)
  while at < last:
    let event = cast[ptr InotifyEvent](at)
    yield event
    at += uint(sizeof(InotifyEvent)) + uint(event.len)
