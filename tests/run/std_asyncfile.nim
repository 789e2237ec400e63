discard """
  output: '''
14 14
one
two
th
ree
0
14
not there
'''
"""
# Files that are awaited.
import std/[asyncdispatch, asyncfile, os]
proc main() {.async.} =
  let dir = getTempDir() / "asyncfile_case"
  createDir dir
  let path = dir / "a.txt"
  let f = openAsync(path, fmReadWrite)
  await f.write("one\ntwo\r\nthree")
  echo f.getFileSize, " ", f.getFilePos
  f.setFilePos(0)
  echo await f.readLine
  echo await f.readLine
  echo await f.read(2)
  echo await f.readAll
  echo (await f.read(10)).len
  f.close()
  let g = openAsync(path)
  let s = newFutureStream[string]("s")
  asyncCheck g.readToStream(s)
  echo (await s.readAll).len
  g.close()
  try: discard openAsync(dir / "none")
  except OSError: echo "not there"
  removeDir dir
waitFor main()
