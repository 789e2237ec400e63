discard """
  output: '''
line o
line
 
 one
lin
line two
last
15true
hello
hello 42done
hello 5
llofalse
Unable to write into buffer that has already been sent
Unable to read past end of write buffer
x
'''
"""
# Looking ahead in pipes; sockets as streams.
import std/[streams, streamwrapper, socketstreams, net, osproc, posix]
block:
  let p = startProcess("printf", args = ["line one\\nline two\\nlast"], options = {poUsePath})
  var s = newPipeOutStream(FileStream(p.outputStream))
  echo s.peekStr(6)
  echo s.readStr(4)
  echo s.peekChar
  echo s.readLine()
  echo s.peekStr(3)
  echo s.readLine()
  echo s.readAll()
  s.close()
  discard p.waitForExit()
  p.close()
block:
  var fds: array[2, cint]
  doAssert socketpair(posix.AF_UNIX, posix.SOCK_STREAM, 0, fds) == 0
  let a = newSocket(SocketHandle(fds[0]), domain = Domain.AF_UNIX, protocol = Protocol.IPPROTO_IP, buffered = false)
  let b = newSocket(SocketHandle(fds[1]), domain = Domain.AF_UNIX, protocol = Protocol.IPPROTO_IP, buffered = false)
  let w = newWriteSocketStream(a)
  let r = newReadSocketStream(b)
  w.write("hello ")
  w.write(42'i32)
  w.writeLine("done")
  echo w.getPosition, w.atEnd
  w.flush()
  echo r.peekStr(5)
  echo r.readStr(6), r.readInt32(), r.readLine()
  r.setPosition(0)
  echo r.readStr(5), " ", r.getPosition
  w.setPosition(2)
  echo w.readStr(3), w.atEnd
  try: w.write("zz")
  except IOError as e: echo e.msg
  try: discard w.readStr(300)
  except IOError as e: echo e.msg
  w.resetStream()
  r.resetStream()
  w.write "x"
  w.flush()
  echo r.readChar
  w.close()
  r.close()
