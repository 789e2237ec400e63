## The parts of paths, for `os` and `pathnorm`.

const seps = {'/'}

type PathIter* = object
  ## Where in a path it is.
  at: int
  notFirst: bool

proc hasNext*(it: PathIter, x: string): bool = it.at < x.len
  ## Is there another part?

proc next*(it: var PathIter, x: string): (int, int) =
  ## Where the next part begins and where it ends. The root is a part of its own.
  let first = it.at
  if not it.notFirst and x[it.at] in seps:
    inc it.at
  else:
    while it.at < x.len and x[it.at] notin seps: inc it.at
  if it.at > first: result = (first, it.at - 1)
  elif it.hasNext(x): result = it.next(x)
  while it.at < x.len and x[it.at] in seps: inc it.at
  it.notFirst = true

proc addPart(result: var string, part: string, dirSep: char) =
  if result.len > 0 and result[^1] notin seps: result.add dirSep
  result.add part

proc addNormalizePath*(x: string, result: var string, state: var int, dirSep = '/') =
  ## Appends a path. The lowest bit of `state` says whether the whole is absolute, the rest is how many parts it has that
  ## a `..` takes away.
  var it = PathIter(notFirst: (state shr 1) > 0)
  if it.notFirst:
    while it.at < x.len and x[it.at] in seps: inc it.at
  while it.hasNext(x):
    let (first, last) = it.next(x)
    let part = x[first .. last]
    if (state shr 1) == 0 and part.len == 1 and part[0] in seps:
      if result.len == 0 or result[^1] notin seps: result.add dirSep
      state = state or 1
    elif part == "..":
      if (state shr 1) == 0:
        result.addPart(part, dirSep)
        continue
      var length = result.len
      while length - 1 > (state and 1) and result[length - 1] notin seps: dec length
      if length > 0:
        result.setLen length - 1
        dec state, 2
    elif part != "." and part.len > 0:
      result.addPart(part, dirSep)
      inc state, 2
  if result == "" and x != "": result = "."
