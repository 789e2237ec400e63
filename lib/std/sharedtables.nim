## A hash table that threads share.

import std/[hashes, locks, tables]

type SharedTable*[A, B] = object
  ## A value for each key, behind a lock.
  lock: Lock
  table: Table[A, B]

proc init*[A, B](t: var SharedTable[A, B], initialSize = 32) =
  ## Before the first use.
  initLock(t.lock)
  t.table = initTable[A, B](initialSize)

proc deinitSharedTable*[A, B](t: var SharedTable[A, B]) =
  ## After the last.
  t.table = default(Table[A, B])
  deinitLock(t.lock)

proc `[]=`*[A, B](t: var SharedTable[A, B], key: A, val: sink B) =
  ## Sets the value of a key.
  withLock t.lock: t.table[key] = val

proc add*[A, B](t: var SharedTable[A, B], key: A, val: sink B) =
  ## Sets the value of a key.
  withLock t.lock: t.table[key] = val

proc del*[A, B](t: var SharedTable[A, B], key: A) =
  ## Takes a key out.
  withLock t.lock: t.table.del(key)

proc len*[A, B](t: var SharedTable[A, B]): int =
  ## The number of keys.
  withLock t.lock: result = t.table.len

proc mget*[A, B](t: var SharedTable[A, B], key: A): var B =
  ## The value of a key, to be changed in place. KeyError when it is not in.
  withLock t.lock: result = t.table[key]

proc mgetOrPut*[A, B](t: var SharedTable[A, B], key: A, val: B): var B =
  ## The value of a key, to be changed in place; `val` is put in if there is none.
  withLock t.lock: result = t.table.mgetOrPut(key, val)

proc hasKeyOrPut*[A, B](t: var SharedTable[A, B], key: A, val: B): bool =
  ## Is the key in? If not, it is put in.
  withLock t.lock: result = t.table.hasKeyOrPut(key, val)

template withValue*[A, B](t: var SharedTable[A, B], key: A, value, body: untyped) =
  ## Runs `body` with a pointer to the key's value, if it is in, and with the lock.
  withLock t.lock:
    if t.table.hasKey(key):
      let value {.inject.} = addr t.table[key]
      body

template withValue*[A, B](t: var SharedTable[A, B], key: A, value, body1, body2: untyped) =
  ## As above, `body2` if it is not in.
  withLock t.lock:
    if t.table.hasKey(key):
      let value {.inject.} = addr t.table[key]
      body1
    else:
      body2

proc withKey*[A, B](t: var SharedTable[A, B], key: A, mapper: proc (key: A, val: var B, pairExists: var bool)) =
  ## Lets `mapper` see and change the key's value, take it out, or put it in.
  withLock t.lock:
    var there = t.table.hasKey(key)
    var value = t.table.getOrDefault(key)
    mapper(key, value, there)
    if there: t.table[key] = value
    else: t.table.del(key)
