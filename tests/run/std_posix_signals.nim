discard """
  output: '''
got true false
got false true
2
2
0
sigaction 10
10
0
blocked
sigaction 10
0
truetrue3
0
110
0 1 /etc/passwd
7
12
00true0
000-1
true
0true255
32 128 128 152 144 112 128 40 48 56 168 64
20 24
1000
0
true 5
Sunday .
0
30 4096
c
'''
"""
# Signals, processes, descriptors and what else of POSIX.
import std/posix
var n = 0
onSignal(SIGUSR1, SIGUSR2):
  inc n
  echo "got ", sig == SIGUSR1, " ", sig == SIGUSR2
discard `raise`(SIGUSR1)
discard kill(getpid(), SIGUSR2)
echo n
signal(SIGUSR1, SIG_IGN)
discard `raise`(SIGUSR1)
echo n
var sa: Sigaction
sa.sa_handler = proc (x: cint) {.noconv.} = (inc n; echo "sigaction ", x)
discard sigemptyset(sa.sa_mask)
echo sigaction(SIGUSR1, sa)
discard `raise`(SIGUSR1)
var set1, old: Sigset
discard sigemptyset(set1)
discard sigaddset(set1, SIGUSR1)
echo sigismember(set1, SIGUSR1), sigismember(set1, SIGUSR2)
echo sigprocmask(SIG_BLOCK, set1, old)
discard `raise`(SIGUSR1)
echo "blocked"
echo sigprocmask(SIG_UNBLOCK, set1, old)
let pid = fork()
if pid == 0:
  exitnow(3)
var status: cint
echo waitpid(pid, status, 0) == pid, WIFEXITED(status), WEXITSTATUS(status)
var fds: TFdSet
var p: array[2, cint]
discard pipe(p)
FD_ZERO(fds)
FD_SET(p[0], fds)
var tv = Timeval(tv_sec: Time(0), tv_usec: 1000)
echo select(p[0] + 1, addr fds, nil, nil, addr tv)
discard write(p[1], cstring"hello", 5)
FD_SET(p[0], fds)
echo select(p[0] + 1, addr fds, nil, nil, addr tv), FD_ISSET(p[0], fds), FD_ISSET(p[1], fds)
var g: Glob
echo glob("/etc/pass*d", 0, nil, addr g), " ", g.gl_pathc, " ", g.gl_pathv[0]
globfree(addr g)
var b1 = "abc"; var b2 = "defg"
var iov = [IOVec(iov_base: addr b1[0], iov_len: 3), IOVec(iov_base: addr b2[0], iov_len: 4)]
echo writev(p[1], addr iov[0], 2)
var buf: array[20, char]
echo read(p[0], addr buf[0], 20)
var mtx: Pthread_mutex
echo pthread_mutex_init(addr mtx, nil), pthread_mutex_lock(addr mtx), pthread_mutex_trylock(addr mtx) == EBUSY, pthread_mutex_unlock(addr mtx)
var sem: Sem
echo sem_init(addr sem, 0, 2), sem_wait(addr sem), sem_trywait(addr sem), sem_trywait(addr sem)
echo errno == EAGAIN
var s: Statvfs
echo statvfs("/", s), s.f_bsize > 0, s.f_namemax
var fl: Tflock
fl.l_type = cshort F_WRLCK
echo sizeof(Tflock), " ", sizeof(Sigset), " ", sizeof(SigInfo), " ", sizeof(Sigaction), " ", sizeof(Stat), " ", sizeof(Statvfs), " ", sizeof(TFdSet), " ", sizeof(Pthread_mutex), " ", sizeof(Pthread_cond), " ", sizeof(Tmsghdr), " ", sizeof(Taiocb), " ", sizeof(SigEvent)
echo CMSG_LEN(csize_t 4), " ", CMSG_SPACE(csize_t 4)
var a6 = in6addr_loopback
echo IN6_IS_ADDR_LOOPBACK(addr a6), IN6_IS_ADDR_UNSPECIFIED(addr a6), IN6_IS_ADDR_V4COMPAT(addr a6), IN6_IS_ADDR_MULTICAST(addr a6)
var attr: Tposix_spawnattr
var acts: Tposix_spawn_file_actions
discard posix_spawn_file_actions_init(acts)
discard posix_spawnattr_init(attr)
var child: Pid
let args = allocCStringArray(["sh", "-c", "exit 5"])
echo posix_spawn(child, "/bin/sh", acts, attr, args, nil)
echo waitpid(child, status, 0) == child, " ", WEXITSTATUS(status)
discard setlocale(LC_ALL, "C")
echo nl_langinfo(DAY_1), " ", localeconv().decimal_point
var ts: Timespec
echo clock_gettime(CLOCK_MONOTONIC, ts)
echo SC_PAGESIZE, " ", sysconf(SC_PAGESIZE)
echo basename("/a/b/c")
