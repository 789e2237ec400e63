## Dynamic libraries that a program loads itself.

import std/strutils

type LibHandle* = pointer ## A library that is loaded.

proc dlopen(path: cstring, mode: cint): pointer {.importc, header: "<dlfcn.h>".}
proc dlsym(lib: pointer, name: cstring): pointer {.importc, header: "<dlfcn.h>".}
proc dlclose(lib: pointer): cint {.importc, header: "<dlfcn.h>".}

proc loadLib*(path: string, globalSymbols = false): LibHandle =
  ## Loads a library; nil where there is none.
  dlopen(path, if globalSymbols: 0x102 else: 2)

proc loadLib*(): LibHandle = dlopen(nil, 2)
  ## The program itself.

proc unloadLib*(lib: LibHandle) = discard dlclose(lib)
  ## Gives it back.

proc raiseInvalidLibrary*(name: cstring) {.noinline, noreturn.} =
  ## Raises LibraryError on a symbol.
  raise newException(LibraryError, "could not find symbol: " & $name)

proc symAddr*(lib: LibHandle, name: cstring): pointer = dlsym(lib, name)
  ## The address of a symbol, or nil.

proc checkedSymAddr*(lib: LibHandle, name: cstring): pointer =
  ## The address of a symbol. Raises LibraryError where there is none.
  result = symAddr(lib, name)
  if result.isNil: raiseInvalidLibrary(name)

proc libCandidates*(s: string, dest: var seq[string]) =
  ## Adds the names that a pattern like `"libtcl(|8.5|8.4).so"` stands for.
  let first = s.find('(')
  let last = if first >= 0: s.find(')', first) else: -1
  if last < 0:
    dest.add(s)
    return
  for middle in s[first + 1 ..< last].split('|'):
    libCandidates(s[0 ..< first] & middle & s[last + 1 .. ^1], dest)

proc loadLibPattern*(pattern: string, globalSymbols = false): LibHandle =
  ## Loads the first library that a pattern finds.
  var candidates: seq[string]
  libCandidates(pattern, candidates)
  for candidate in candidates:
    result = loadLib(candidate, globalSymbols)
    if not result.isNil: break
