## The C library of a POSIX system. Threads that C starts are not here, nor contexts to switch between.

when not defined(linux): {.error: "not supported yet: the module 'posix' on this system".}

type
  SocketHandle* = distinct cint ## A socket.
  Time* = distinct clong ## Seconds since the beginning of 1970.
  Blkcnt* = clong
  Blksize* = clong
  Clock* = clong
  ClockId* = cint
  Dev* = culong
  Gid* = cuint
  Id* = cuint
  Ino* = culong
  Mode* = uint32
  Nlink* = culong
  Off* = clong
  Pid* = cint
  Suseconds* = clong
  Uid* = cuint
  Useconds* = cuint
  Timespec* {.bycopy.} = object
    ## A time in seconds and nanoseconds.
    tv_sec*: Time
    tv_nsec*: int
  Timeval* {.bycopy.} = object
    ## A time in seconds and microseconds.
    tv_sec*: Time
    tv_usec*: Suseconds
  Tm* {.bycopy.} = object
    ## A time in the calendar.
    tm_sec*, tm_min*, tm_hour*, tm_mday*, tm_mon*, tm_year*, tm_wday*, tm_yday*, tm_isdst*: cint
    tm_gmtoff*: clong
    tm_zone*: cstring
  Stat* {.bycopy.} = object
    ## What the system knows of a file.
    st_dev*: Dev
    when defined(arm64):
      st_ino*: Ino
      st_mode*: Mode
      nlink32: uint32
    else:
      st_ino*: Ino
      st_nlink*: Nlink
      st_mode*: Mode
    st_uid*: Uid
    st_gid*: Gid
    when not defined(arm64): pad: cint
    st_rdev*: Dev
    when defined(arm64): pad1: culong
    st_size*: Off
    when defined(arm64):
      blksize32, pad2: cint
    else:
      st_blksize*: Blksize
    st_blocks*: Blkcnt
    st_atim*, st_mtim*, st_ctim*: Timespec
    rest: array[3, clong]
  Dirent* {.bycopy.} = object
    ## An entry of a directory.
    d_ino*: Ino
    d_off*: Off
    d_reclen*: cushort
    d_type*: int8
    d_name*: array[256, cchar]
  DIR* {.incompleteStruct.} = object ## A directory that is being read.
  Passwd* {.bycopy.} = object
    ## A user.
    pw_name*, pw_passwd*: cstring
    pw_uid*: Uid
    pw_gid*: Gid
    pw_gecos*, pw_dir*, pw_shell*: cstring
  Group* {.bycopy.} = object
    ## A group of users.
    gr_name*, gr_passwd*: cstring
    gr_gid*: Gid
    gr_mem*: cstringArray
  Utsname* {.bycopy.} = object
    ## The names of the system.
    sysname*, nodename*, release*, version*, machine*, domainname*: array[65, cchar]
  TPollfd* {.bycopy.} = object
    ## What `poll` looks at.
    fd*: cint
    events*, revents*: cshort
  Tnfds* = culong
  RLimit* {.bycopy.} = object
    ## A limit of the process.
    rlim_cur*, rlim_max*: int

const
  O_RDONLY* = 0.cint
  O_WRONLY* = 1.cint
  O_RDWR* = 2.cint
  O_CREAT* = 0o100.cint
  O_EXCL* = 0o200.cint
  O_NOCTTY* = 0o400.cint
  O_TRUNC* = 0o1000.cint
  O_APPEND* = 0o2000.cint
  O_NONBLOCK* = 0o4000.cint
  O_SYNC* = 0o4010000.cint
  O_CLOEXEC* = 0o2000000.cint
  F_DUPFD* = 0.cint
  F_GETFD* = 1.cint
  F_SETFD* = 2.cint
  F_GETFL* = 3.cint
  F_SETFL* = 4.cint
  FD_CLOEXEC* = 1.cint
  SEEK_SET* = 0.cint
  SEEK_CUR* = 1.cint
  SEEK_END* = 2.cint
  F_OK* = 0.cint
  X_OK* = 1.cint
  W_OK* = 2.cint
  R_OK* = 4.cint
  S_IFMT* = 0o170000.cint
  S_IFSOCK* = 0o140000.cint
  S_IFLNK* = 0o120000.cint
  S_IFREG* = 0o100000.cint
  S_IFBLK* = 0o060000.cint
  S_IFDIR* = 0o040000.cint
  S_IFCHR* = 0o020000.cint
  S_IFIFO* = 0o010000.cint
  S_ISUID* = 0o4000.cint
  S_ISGID* = 0o2000.cint
  S_ISVTX* = 0o1000.cint
  S_IRWXU* = 0o700.cint
  S_IRUSR* = 0o400.cint
  S_IWUSR* = 0o200.cint
  S_IXUSR* = 0o100.cint
  S_IRWXG* = 0o070.cint
  S_IRGRP* = 0o040.cint
  S_IWGRP* = 0o020.cint
  S_IXGRP* = 0o010.cint
  S_IRWXO* = 0o007.cint
  S_IROTH* = 0o004.cint
  S_IWOTH* = 0o002.cint
  S_IXOTH* = 0o001.cint
  STDIN_FILENO* = 0.cint
  STDOUT_FILENO* = 1.cint
  STDERR_FILENO* = 2.cint
  DT_UNKNOWN* = 0
  DT_FIFO* = 1
  DT_CHR* = 2
  DT_DIR* = 4
  DT_BLK* = 6
  DT_REG* = 8
  DT_LNK* = 10
  DT_SOCK* = 12
  PROT_NONE* = 0.cint
  PROT_READ* = 1.cint
  PROT_WRITE* = 2.cint
  PROT_EXEC* = 4.cint
  MAP_SHARED* = 1.cint
  MAP_PRIVATE* = 2.cint
  MAP_FIXED* = 16.cint
  MAP_ANONYMOUS* = 32.cint

  MS_ASYNC* = 1.cint
  MS_INVALIDATE* = 2.cint
  MS_SYNC* = 4.cint
  CLOCK_REALTIME* = 0.ClockId
  CLOCK_MONOTONIC* = 1.ClockId
  CLOCK_PROCESS_CPUTIME_ID* = 2.ClockId
  CLOCK_THREAD_CPUTIME_ID* = 3.ClockId
  CLOCKS_PER_SEC* = 1_000_000.clong
  WNOHANG* = 1.cint
  WUNTRACED* = 2.cint
  POLLIN* = 1.cshort
  POLLPRI* = 2.cshort
  POLLOUT* = 4.cshort
  POLLERR* = 8.cshort
  POLLHUP* = 16.cshort
  POLLNVAL* = 32.cshort
  SIGHUP* = 1.cint
  SIGINT* = 2.cint
  SIGQUIT* = 3.cint
  SIGILL* = 4.cint
  SIGTRAP* = 5.cint
  SIGABRT* = 6.cint
  SIGBUS* = 7.cint
  SIGFPE* = 8.cint
  SIGKILL* = 9.cint
  SIGUSR1* = 10.cint
  SIGSEGV* = 11.cint
  SIGUSR2* = 12.cint
  SIGPIPE* = 13.cint
  SIGALRM* = 14.cint
  SIGTERM* = 15.cint
  SIGCHLD* = 17.cint
  SIGCONT* = 18.cint
  SIGSTOP* = 19.cint
  SIGTSTP* = 20.cint
  SIGTTIN* = 21.cint
  SIGTTOU* = 22.cint
  SIGWINCH* = 28.cint
  RLIMIT_NOFILE* = 7.cint
  SC_ARG_MAX* = 0.cint
  SC_CLK_TCK* = 2.cint
  SC_OPEN_MAX* = 4.cint
  SC_PAGESIZE* = 30.cint
  SC_NPROCESSORS_CONF* = 83.cint
  SC_NPROCESSORS_ONLN* = 84.cint
  EPERM* = 1.cint
  ENOENT* = 2.cint
  ESRCH* = 3.cint
  EINTR* = 4.cint
  EIO* = 5.cint
  ENXIO* = 6.cint
  E2BIG* = 7.cint
  ENOEXEC* = 8.cint
  EBADF* = 9.cint
  ECHILD* = 10.cint
  EAGAIN* = 11.cint
  EWOULDBLOCK* = 11.cint
  ENOMEM* = 12.cint
  EACCES* = 13.cint
  EFAULT* = 14.cint
  EBUSY* = 16.cint
  EEXIST* = 17.cint
  EXDEV* = 18.cint
  ENODEV* = 19.cint
  ENOTDIR* = 20.cint
  EISDIR* = 21.cint
  EINVAL* = 22.cint
  ENFILE* = 23.cint
  EMFILE* = 24.cint
  ENOTTY* = 25.cint
  EFBIG* = 27.cint
  ENOSPC* = 28.cint
  ESPIPE* = 29.cint
  EROFS* = 30.cint
  EMLINK* = 31.cint
  EPIPE* = 32.cint
  EDOM* = 33.cint
  ERANGE* = 34.cint
  EDEADLK* = 35.cint
  ENAMETOOLONG* = 36.cint
  ENOTEMPTY* = 39.cint
  ELOOP* = 40.cint
  EPROTO* = 71.cint
  ENOTSOCK* = 88.cint
  EDESTADDRREQ* = 89.cint
  EMSGSIZE* = 90.cint
  EPROTONOSUPPORT* = 93.cint
  EOPNOTSUPP* = 95.cint
  EAFNOSUPPORT* = 97.cint
  EADDRINUSE* = 98.cint
  EADDRNOTAVAIL* = 99.cint
  ENETDOWN* = 100.cint
  ENETUNREACH* = 101.cint
  ENETRESET* = 102.cint
  ECONNABORTED* = 103.cint
  ECONNRESET* = 104.cint
  ENOBUFS* = 105.cint
  EISCONN* = 106.cint
  ENOTCONN* = 107.cint
  ETIMEDOUT* = 110.cint
  ECONNREFUSED* = 111.cint
  EHOSTUNREACH* = 113.cint
  EALREADY* = 114.cint
  EINPROGRESS* = 115.cint

let MAP_FAILED* = cast[pointer](-1) ## What `mmap` gives when it cannot.

proc cErrno(): ptr cint {.importc: "__errno_location", cdecl.}
template errno*: cint = cErrno()[]
  ## The number of the last error.

proc `==`*(x, y: Time): bool {.borrow.}
proc `-`*(a, b: Time): Time {.borrow.}
proc `==`*(x, y: SocketHandle): bool {.borrow.}

{.push cdecl.}

proc strerror*(errnum: cint): cstring {.importc.}

# Files

proc cOpen(a1: cstring, a2: cint): cint {.importc: "open", varargs.}
proc creat*(a1: cstring, a2: Mode): cint {.importc.}
proc close*(a1: cint): cint {.importc.}
proc close*(a1: SocketHandle): cint {.importc.}
proc read*(a1: cint, a2: pointer, a3: int): int {.importc.}
proc write*(a1: cint, a2: pointer, a3: int): int {.importc.}
proc pread*(a1: cint, a2: pointer, a3: int, a4: Off): int {.importc.}
proc pwrite*(a1: cint, a2: pointer, a3: int, a4: Off): int {.importc.}
proc lseek*(a1: cint, a2: Off, a3: cint): Off {.importc.}
proc fcntl*(a1: cint, a2: cint): cint {.importc, varargs.}
proc dup*(a1: cint): cint {.importc.}
proc dup2*(a1, a2: cint): cint {.importc.}
proc cPipe(ends: pointer): cint {.importc: "pipe".}
proc fsync*(a1: cint): cint {.importc.}
proc ftruncate*(a1: cint, a2: Off): cint {.importc.}
proc truncate*(a1: cstring, a2: Off): cint {.importc.}
proc posix_fallocate*(a1: cint, a2, a3: Off): cint {.importc.}
proc access*(a1: cstring, a2: cint): cint {.importc.}
proc chmod*(a1: cstring, a2: Mode): cint {.importc.}
proc fchmod*(a1: cint, a2: Mode): cint {.importc.}
proc chown*(a1: cstring, a2: Uid, a3: Gid): cint {.importc.}
proc stat*(a1: cstring, a2: var Stat): cint {.importc.}
proc lstat*(a1: cstring, a2: var Stat): cint {.importc.}
proc fstat*(a1: cint, a2: var Stat): cint {.importc.}
proc mkdir*(a1: cstring, a2: Mode): cint {.importc.}
proc mkfifo*(a1: cstring, a2: Mode): cint {.importc.}
proc rmdir*(a1: cstring): cint {.importc.}
proc chdir*(a1: cstring): cint {.importc.}
proc getcwd*(a1: cstring, a2: int): cstring {.importc.}
proc link*(a1, a2: cstring): cint {.importc.}
proc symlink*(a1, a2: cstring): cint {.importc.}
proc unlink*(a1: cstring): cint {.importc.}
proc readlink*(a1, a2: cstring, a3: int): int {.importc.}
proc realpath*(name, resolved: cstring): cstring {.importc.}
proc rename*(a1, a2: cstring): cint {.importc.}
proc umask*(a1: Mode): Mode {.importc.}
proc isatty*(a1: cint): cint {.importc.}
proc ttyname*(a1: cint): cstring {.importc.}
proc opendir*(a1: cstring): ptr DIR {.importc.}
proc readdir*(a1: ptr DIR): ptr Dirent {.importc.}
proc rewinddir*(a1: ptr DIR) {.importc.}
proc closedir*(a1: ptr DIR): cint {.importc.}
proc poll*(a1: ptr TPollfd, a2: Tnfds, a3: int): cint {.importc.}
proc fnmatch*(a1, a2: cstring, a3: cint): cint {.importc.}
proc mkstemp*(tmpl: cstring): cint {.importc.}
proc mkdtemp*(tmpl: cstring): pointer {.importc.}
proc popen*(a1, a2: cstring): File {.importc.}
proc pclose*(a: File): cint {.importc.}
proc ioctl*(f: cint, device: uint): int {.importc, varargs.}

# Processes

proc fork*(): Pid {.importc.}
proc vfork*(): Pid {.importc: "fork".}
proc cExit(code: cint) {.importc: "_exit".}
proc execv*(a1: cstring, a2: cstringArray): cint {.importc.}
proc execve*(a1: cstring, a2, a3: cstringArray): cint {.importc.}
proc execvp*(a1: cstring, a2: cstringArray): cint {.importc.}
proc getpid*(): Pid {.importc.}
proc getppid*(): Pid {.importc.}
proc getpgid*(a1: Pid): Pid {.importc.}
proc getpgrp*(): Pid {.importc.}
proc setpgid*(a1, a2: Pid): cint {.importc.}
proc setsid*(): Pid {.importc.}
proc getuid*(): Uid {.importc.}
proc geteuid*(): Uid {.importc.}
proc getgid*(): Gid {.importc.}
proc getegid*(): Gid {.importc.}
proc setuid*(a1: Uid): cint {.importc.}
proc setgid*(a1: Gid): cint {.importc.}
proc kill*(a1: Pid, a2: cint): cint {.importc.}
proc killpg*(a1: Pid, a2: cint): cint {.importc.}
proc `raise`*(a1: cint): cint {.importc: "raise".}
proc wait*(a1: ptr cint): Pid {.importc.}
proc waitpid*(a1: Pid, a2: var cint, a3: cint): Pid {.importc.}
proc nice*(a1: cint): cint {.importc.}
proc getlogin*(): cstring {.importc.}
proc gethostname*(a1: cstring, a2: int): cint {.importc.}
proc uname*(a1: var Utsname): cint {.importc.}
proc getpwnam*(a1: cstring): ptr Passwd {.importc.}
proc getpwuid*(a1: Uid): ptr Passwd {.importc.}
proc getgrgid*(a1: Gid): ptr Group {.importc.}
proc getgrnam*(a1: cstring): ptr Group {.importc.}
proc sysconf*(a1: cint): int {.importc.}
proc getrlimit*(resource: cint, rlp: var RLimit): cint {.importc.}
proc setrlimit*(resource: cint, rlp: var RLimit): cint {.importc.}

# Memory

proc mmap*(a1: pointer, a2: int, a3, a4, a5: cint, a6: Off): pointer {.importc.}
proc munmap*(a1: pointer, a2: int): cint {.importc.}
proc mprotect*(a1: pointer, a2: int, a3: cint): cint {.importc.}
proc msync*(a1: pointer, a2: int, a3: cint): cint {.importc.}
proc mlock*(a1: pointer, a2: int): cint {.importc.}
proc munlock*(a1: pointer, a2: int): cint {.importc.}

# Time

proc time*(a1: var Time): Time {.importc.}
proc clock*(): Clock {.importc.}
proc clock_gettime*(a1: ClockId, a2: var Timespec): cint {.importc.}
proc clock_getres*(a1: ClockId, a2: var Timespec): cint {.importc.}
proc nanosleep*(a1, a2: var Timespec): cint {.importc.}
proc sleep*(a1: cint): cint {.importc.}
proc usleep*(a1: Useconds): cint {.importc.}
proc cGettimeofday(time, zone: pointer): cint {.importc: "gettimeofday".}
proc gmtime*(a1: var Time): ptr Tm {.importc.}
proc localtime*(a1: var Time): ptr Tm {.importc.}
proc gmtime_r*(a1: var Time, a2: var Tm): ptr Tm {.importc.}
proc localtime_r*(a1: var Time, a2: var Tm): ptr Tm {.importc.}
proc mktime*(a1: var Tm): Time {.importc.}
proc timegm*(a1: var Tm): Time {.importc.}
proc strftime*(a1: cstring, a2: int, a3: cstring, a4: var Tm): int {.importc.}
proc strptime*(a1, a2: cstring, a3: var Tm): cstring {.importc.}
proc asctime*(a1: var Tm): cstring {.importc.}
proc ctime*(a1: var Time): cstring {.importc.}
proc difftime*(a1, a2: Time): cdouble {.importc.}

# Numbers in the order of the network

proc htonl*(a1: uint32): uint32 {.importc.}
proc htons*(a1: uint16): uint16 {.importc.}
proc ntohl*(a1: uint32): uint32 {.importc.}
proc ntohs*(a1: uint16): uint16 {.importc.}

{.pop.}

proc open*(a1: cstring, a2: cint, mode: Mode | cint = 0.Mode): cint = cOpen(a1, a2, cint(mode))
  ## Opens a file; `mode` says who may do what with one that it makes.

proc pipe*(a: array[0 .. 1, cint]): cint = cPipe(unsafeAddr a)
  ## Two ends of a pipe, put into `a`: what is written to the second is read from the first.

proc exitnow*(code: int) {.noreturn.} =
  ## Ends the program without running anything.
  cExit(cint(code))
  quit(code)

proc gettimeofday*(tp: var Timeval, unused: pointer = nil) = discard cGettimeofday(addr tp, unused)
  ## The present time.

func S_ISBLK*(m: Mode): bool = (m and Mode(S_IFMT)) == Mode(S_IFBLK)
func S_ISCHR*(m: Mode): bool = (m and Mode(S_IFMT)) == Mode(S_IFCHR)
func S_ISDIR*(m: Mode): bool = (m and Mode(S_IFMT)) == Mode(S_IFDIR)
func S_ISFIFO*(m: Mode): bool = (m and Mode(S_IFMT)) == Mode(S_IFIFO)
func S_ISREG*(m: Mode): bool = (m and Mode(S_IFMT)) == Mode(S_IFREG)
func S_ISLNK*(m: Mode): bool = (m and Mode(S_IFMT)) == Mode(S_IFLNK)
func S_ISSOCK*(m: Mode): bool = (m and Mode(S_IFMT)) == Mode(S_IFSOCK)

func WEXITSTATUS*(s: cint): cint = (s and 0xff00) shr 8
func WTERMSIG*(s: cint): cint = s and 0x7f
func WSTOPSIG*(s: cint): cint = WEXITSTATUS(s)
func WIFEXITED*(s: cint): bool = WTERMSIG(s) == 0
func WIFSIGNALED*(s: cint): bool = cast[int8]((s and 0x7f) + 1) shr 1 > 0
func WIFSTOPPED*(s: cint): bool = (s and 0xff) == 0x7f
func WIFCONTINUED*(s: cint): bool = s == 0xffff

include private/[posixconstants, posixthreads, posixsignals, posixmore]

# Sockets

include private/[posixsockets, posixnetwork]

# Libraries

const
  RTLD_LAZY* = 1.cint
  RTLD_NOW* = 2.cint
  RTLD_GLOBAL* = 0x100.cint
  RTLD_LOCAL* = 0.cint

proc dlopen*(a1: cstring, a2: cint): pointer {.importc, cdecl.}
proc dlsym*(a1: pointer, a2: cstring): pointer {.importc, cdecl.}
proc dlclose*(a1: pointer): cint {.importc, cdecl.}
proc dlerror*(): cstring {.importc, cdecl.}
