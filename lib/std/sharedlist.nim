## A list that threads share.

import std/locks

type SharedList*[A] = object
  ## A list behind a lock.
  lock*: Lock
  items: seq[A]

proc init*[A](t: var SharedList[A]) = initLock(t.lock)
  ## Before the first use.

proc clear*[A](t: var SharedList[A]) =
  ## Takes everything out.
  withLock t.lock: t.items.setLen 0

proc deinitSharedList*[A](t: var SharedList[A]) =
  ## After the last.
  clear(t)
  deinitLock(t.lock)

iterator items*[A](x: var SharedList[A]): A =
  ## The elements, with the lock.
  withLock x.lock:
    for item in x.items: yield item

proc add*[A](x: var SharedList[A], y: A) =
  ## Adds an element.
  withLock x.lock: x.items.add y

proc iterAndMutate*[A](x: var SharedList[A], action: proc (x: A): bool) =
  ## Takes those elements out for which `action` gives true.
  withLock x.lock:
    var i = 0
    while i < x.items.len:
      if action(x.items[i]): x.items.del i
      else: inc i
