# A part of `posix`: what is used more seldom.

const StatHasNanoseconds* = true ## A file's times are known to the nanosecond.

type
  Fsblkcnt* = culong
  Fsfilcnt* = culong
  Key* = cint
  Iconv* = pointer
  Nl_item* = cint
  Nl_catd* = pointer
  Mqd* = cint
  MqAttr* {.bycopy.} = object
    ## What a queue of messages is like.
    mq_flags*, mq_maxmsg*, mq_msgsize*, mq_curmsgs*: clong
    pad: array[4, clong]
  Tflock* {.bycopy.} = object
    ## A lock on a part of a file.
    l_type*, l_whence*: cshort
    l_start*, l_len*: Off
    l_pid*: Pid
  Glob* {.bycopy.} = object
    ## The paths that a pattern stands for.
    gl_pathc*: csize_t
    gl_pathv*: cstringArray
    gl_offs*: csize_t
    gl_flags*: cint
    gl_closedir*, gl_readdir*, gl_opendir*, gl_lstat*, gl_stat*: pointer
  Lconv* {.bycopy.} = object
    ## How numbers and money are written.
    decimal_point*, thousands_sep*, grouping*, int_curr_symbol*, currency_symbol*, mon_decimal_point*: cstring
    mon_thousands_sep*, mon_grouping*, positive_sign*, negative_sign*: cstring
    int_frac_digits*, frac_digits*, p_cs_precedes*, p_sep_by_space*, n_cs_precedes*, n_sep_by_space*: char
    p_sign_posn*, n_sign_posn*, int_p_cs_precedes*, int_p_sep_by_space*, int_n_cs_precedes*: char
    int_n_sep_by_space*, int_p_sign_posn*, int_n_sign_posn*: char
  Ipc_perm* {.bycopy.} = object
    ## Who may use a resource.
    key: Key
    uid*: Uid
    gid*: Gid
    cuid*: Uid
    cgid*: Gid
    mode*: cshort
    pad: array[3, cshort]
    reserved: array[2, culong]
  Statvfs* {.bycopy.} = object
    ## A file system.
    f_bsize*, f_frsize*: culong
    f_blocks*, f_bfree*, f_bavail*: Fsblkcnt
    f_files*, f_ffree*, f_favail*: Fsfilcnt
    f_fsid*, f_flag*, f_namemax*: culong
    spare: array[6, cint]
  TFdSet* {.bycopy.} = object
    ## A set of descriptors.
    abi: array[1024 div (8 * sizeof(culong)), culong]
  Rusage* {.bycopy.} = object
    ## What a process has used.
    ru_utime*, ru_stime*: Timeval
    ru_maxrss*, ru_ixrss*, ru_idrss*, ru_isrss*, ru_minflt*, ru_majflt*, ru_nswap*, ru_inblock*, ru_oublock*: clong
    ru_msgsnd*, ru_msgrcv*, ru_nsignals*, ru_nvcsw*, ru_nivcsw*: clong
  Taiocb* {.bycopy.} = object
    ## Something to be read or written meanwhile.
    aio_fildes*, aio_lio_opcode*, aio_reqprio*: cint
    aio_buf*: pointer
    aio_nbytes*: csize_t
    aio_sigevent*: SigEvent
    next: pointer
    absolute, policy, error: cint
    value: clong
    aio_offset*: Off
    reserved: array[32, uint8]
  Tposix_spawnattr* {.bycopy.} = object
    flags: cshort
    group: Pid
    byDefault, masked: Sigset
    param: Sched_param
    policy: cint
    pad: array[16, cint]
  Tposix_spawn_file_actions* {.bycopy.} = object
    allocated, used: cint
    actions: pointer
    pad: array[16, cint]

const
  RUSAGE_SELF* = 0.cint
  RUSAGE_CHILDREN* = cint(-1)
  RUSAGE_THREAD* = 1.cint
  DT_WHT* = 14
  MM_NULLLBL* = nil
  MM_NULLSEV* = 0.cint
  MM_NULLMC* = 0.clong
  MM_NULLTXT* = nil
  MM_NULLACT* = nil
  MM_NULLTAG* = nil

{.push cdecl.}

proc aio_cancel*(a1: cint, a2: ptr Taiocb): cint {.importc.}
proc aio_error*(a1: ptr Taiocb): cint {.importc.}
proc aio_fsync*(a1: cint, a2: ptr Taiocb): cint {.importc.}
proc aio_read*(a1: ptr Taiocb): cint {.importc.}
proc aio_return*(a1: ptr Taiocb): int {.importc.}
proc aio_suspend*(a1: ptr ptr Taiocb, a2: cint, a3: ptr Timespec): cint {.importc.}
proc aio_write*(a1: ptr Taiocb): cint {.importc.}
proc lio_listio*(a1: cint, a2: ptr ptr Taiocb, a3: cint, a4: ptr SigEvent): cint {.importc.}
proc readdir_r*(a1: ptr DIR, a2: ptr Dirent, a3: ptr ptr Dirent): cint {.importc.}
proc seekdir*(a1: ptr DIR, a2: int) {.importc.}
proc telldir*(a1: ptr DIR): int {.importc.}
proc posix_fadvise*(a1: cint, a2, a3: Off, a4: cint): cint {.importc.}
proc fmtmsg*(a1: int, a2: cstring, a3: cint, a4, a5, a6: cstring): cint {.importc.}
proc globfree*(a1: ptr Glob) {.importc.}
proc getgrgid_r*(a1: Gid, a2: ptr Group, a3: cstring, a4: int, a5: ptr ptr Group): cint {.importc.}
proc getgrnam_r*(a1: cstring, a2: ptr Group, a3: cstring, a4: int, a5: ptr ptr Group): cint {.importc.}
proc getgrent*(): ptr Group {.importc.}
proc endgrent*() {.importc.}
proc setgrent*() {.importc.}
proc iconv_open*(a1, a2: cstring): Iconv {.importc.}
proc iconv*(a1: Iconv, a2: var cstring, a3: var int, a4: var cstring, a5: var int): int {.importc.}
proc iconv_close*(a1: Iconv): cint {.importc.}
proc nl_langinfo*(a1: Nl_item): cstring {.importc.}
proc basename*(a1: cstring): cstring {.importc.}
proc dirname*(a1: cstring): cstring {.importc.}
proc localeconv*(): ptr Lconv {.importc.}
proc setlocale*(a1: cint, a2: cstring): cstring {.importc.}
proc strfmon*(a1: cstring, a2: int, a3: cstring): int {.importc, varargs.}
proc getpwnam_r*(a1: cstring, a2: ptr Passwd, a3: cstring, a4: int, a5: ptr ptr Passwd): cint {.importc.}
proc getpwuid_r*(a1: Uid, a2: ptr Passwd, a3: cstring, a4: int, a5: ptr ptr Passwd): cint {.importc.}
proc endpwent*() {.importc.}
proc getpwent*(): ptr Passwd {.importc.}
proc setpwent*() {.importc.}
proc confstr*(a1: cint, a2: cstring, a3: int): int {.importc.}
proc ctermid*(a1: cstring): cstring {.importc.}
proc execl*(a1, a2: cstring): cint {.importc, varargs.}
proc execle*(a1, a2: cstring): cint {.importc, varargs.}
proc execlp*(a1, a2: cstring): cint {.importc, varargs.}
proc execvpe*(a1: cstring, a2: cstringArray, a3: cstringArray): cint {.importc.}
proc fchown*(a1: cint, a2: Uid, a3: Gid): cint {.importc.}
proc fchdir*(a1: cint): cint {.importc.}
proc fdatasync*(a1: cint): cint {.importc.}
proc fpathconf*(a1, a2: cint): int {.importc.}
proc getgroups*(a1: cint, a2: ptr array[0..255, Gid]): cint {.importc.}
proc gethostid*(): int {.importc.}
proc getlogin_r*(a1: cstring, a2: int): cint {.importc.}
proc getopt*(a1: cint, a2: cstringArray, a3: cstring): cint {.importc.}
proc getwd*(a1: cstring): cstring {.importc.}
proc lchown*(a1: cstring, a2: Uid, a3: Gid): cint {.importc.}
proc lockf*(a1, a2: cint, a3: Off): cint {.importc.}
proc pathconf*(a1: cstring, a2: cint): int {.importc.}
proc setegid*(a1: Gid): cint {.importc.}
proc seteuid*(a1: Uid): cint {.importc.}
proc setregid*(a1, a2: Gid): cint {.importc.}
proc setreuid*(a1, a2: Uid): cint {.importc.}
proc swab*(a1, a2: pointer, a3: int) {.importc.}
proc sync*() {.importc.}
proc tcgetpgrp*(a1: cint): Pid {.importc.}
proc tcsetpgrp*(a1: cint, a2: Pid): cint {.importc.}
proc ttyname_r*(a1: cint, a2: cstring, a3: int): cint {.importc.}
proc ftok*(a1: cstring, a2: cint): Key {.importc.}
proc statvfs*(a1: cstring, a2: var Statvfs): cint {.importc.}
proc fstatvfs*(a1: cint, a2: var Statvfs): cint {.importc.}
proc mknod*(a1: cstring, a2: Mode, a3: Dev): cint {.importc.}
proc mlockall*(a1: cint): cint {.importc.}
proc munlockall*(): cint {.importc.}
proc posix_madvise*(a1: pointer, a2: int, a3: cint): cint {.importc.}
proc shm_open*(a1: cstring, a2: cint, a3: Mode): cint {.importc.}
proc shm_unlink*(a1: cstring): cint {.importc.}
proc asctime_r*(a1: var Tm, a2: cstring): cstring {.importc.}
proc clock_getcpuclockid*(a1: Pid, a2: var ClockId): cint {.importc.}
proc clock_nanosleep*(a1: ClockId, a2: cint, a3: var Timespec, a4: var Timespec): cint {.importc.}
proc clock_settime*(a1: ClockId, a2: var Timespec): cint {.importc.}
proc ctime_r*(a1: var Time, a2: cstring): cstring {.importc.}
proc getdate*(a1: cstring): ptr Tm {.importc.}
proc tzset*() {.importc.}
proc waitid*(a1: cint, a2: Id, a3: var SigInfo, a4: cint): cint {.importc.}
proc wait4*(pid: Pid, status: ptr cint, options: cint, rusage: ptr Rusage): Pid {.importc.}
proc getrusage*(who: cint, rusage: ptr Rusage): cint {.importc.}
proc catclose*(a1: Nl_catd): cint {.importc.}
proc catgets*(a1: Nl_catd, a2, a3: cint, a4: cstring): cstring {.importc.}
proc catopen*(a1: cstring, a2: cint): Nl_catd {.importc.}
proc pselect*(a1: cint, a2, a3, a4: ptr TFdSet, a5: ptr Timespec, a6: var Sigset): cint {.importc.}
proc posix_spawn*(a1: var Pid, a2: cstring, a3: var Tposix_spawn_file_actions, a4: var Tposix_spawnattr, a5,
  a6: cstringArray): cint {.importc.}
proc posix_spawn_file_actions_addclose*(a1: var Tposix_spawn_file_actions, a2: cint): cint {.importc.}
proc posix_spawn_file_actions_adddup2*(a1: var Tposix_spawn_file_actions, a2, a3: cint): cint {.importc.}
proc posix_spawn_file_actions_addopen*(a1: var Tposix_spawn_file_actions, a2: cint, a3: cstring, a4: cint,
  a5: Mode): cint {.importc.}
proc posix_spawn_file_actions_destroy*(a1: var Tposix_spawn_file_actions): cint {.importc.}
proc posix_spawn_file_actions_init*(a1: var Tposix_spawn_file_actions): cint {.importc.}
proc posix_spawnattr_destroy*(a1: var Tposix_spawnattr): cint {.importc.}
proc posix_spawnattr_getsigdefault*(a1: var Tposix_spawnattr, a2: var Sigset): cint {.importc.}
proc posix_spawnattr_getflags*(a1: var Tposix_spawnattr, a2: var cshort): cint {.importc.}
proc posix_spawnattr_getpgroup*(a1: var Tposix_spawnattr, a2: var Pid): cint {.importc.}
proc posix_spawnattr_getschedparam*(a1: var Tposix_spawnattr, a2: var Sched_param): cint {.importc.}
proc posix_spawnattr_getschedpolicy*(a1: var Tposix_spawnattr, a2: var cint): cint {.importc.}
proc posix_spawnattr_getsigmask*(a1: var Tposix_spawnattr, a2: var Sigset): cint {.importc.}
proc posix_spawnattr_init*(a1: var Tposix_spawnattr): cint {.importc.}
proc posix_spawnattr_setsigdefault*(a1: var Tposix_spawnattr, a2: var Sigset): cint {.importc.}
proc posix_spawnattr_setflags*(a1: var Tposix_spawnattr, a2: cint): cint {.importc.}
proc posix_spawnattr_setpgroup*(a1: var Tposix_spawnattr, a2: Pid): cint {.importc.}
proc posix_spawnattr_setschedparam*(a1: var Tposix_spawnattr, a2: var Sched_param): cint {.importc.}
proc posix_spawnattr_setschedpolicy*(a1: var Tposix_spawnattr, a2: cint): cint {.importc.}
proc posix_spawnattr_setsigmask*(a1: var Tposix_spawnattr, a2: var Sigset): cint {.importc.}
proc posix_spawnp*(a1: var Pid, a2: cstring, a3: var Tposix_spawn_file_actions, a4: var Tposix_spawnattr, a5,
  a6: cstringArray): cint {.importc.}
proc mkstemps*(tmpl: cstring, suffixlen: int): cint {.importc.}
proc mkostemp*(tmpl: cstring, oflags: cint): cint {.importc.}
proc mkostemps*(tmpl: cstring, suffixlen: cint, oflags: cint): cint {.importc.}
proc posix_memalign*(memptr: pointer, alignment: csize_t, size: csize_t): cint {.importc.}
proc utimes*(path: cstring, times: ptr array[2, Timeval]): int {.importc.}
proc mq_close*(a1: Mqd): cint {.importc.}
proc mq_getattr*(a1: Mqd, a2: ptr MqAttr): cint {.importc.}
proc mq_notify*(a1: Mqd, a2: ptr SigEvent): cint {.importc.}
proc mq_open*(a1: cstring, a2: cint): Mqd {.importc, varargs.}
proc mq_setattr*(a1: Mqd, a2, a3: ptr MqAttr): cint {.importc.}
proc mq_timedreceive*(a1: Mqd, a2: cstring, a3: int, a4: int, a5: ptr Timespec): int {.importc.}
proc mq_timedsend*(a1: Mqd, a2: cstring, a3: int, a4: int, a5: ptr Timespec): cint {.importc.}
proc mq_unlink*(a1: cstring): cint {.importc.}
proc ftw*(a1: cstring, a2: proc (x1: cstring, x2: ptr Stat, x3: cint): cint {.noconv.}, a3: cint): cint {.importc.}
proc glob*(a1: cstring, a2: cint, a3: proc (x1: cstring, x2: cint): cint {.noconv.}, a4: ptr Glob): cint {.importc.}
proc mq_receive*(a1: Mqd, a2: cstring, a3: int, a4: var int): int {.importc.}
proc mq_send*(a1: Mqd, a2: cstring, a3: int, a4: int): cint {.importc.}
proc getsid*(a1: Pid): Pid {.importc.}
proc setpgrp*(): Pid {.importc.}
proc select*(a1: cint | SocketHandle, a2, a3, a4: ptr TFdSet, a5: ptr Timeval): cint {.importc.}

{.pop.}

func st_atime*(s: Stat): Time = s.st_atim.tv_sec
func st_mtime*(s: Stat): Time = s.st_mtim.tv_sec
func st_ctime*(s: Stat): Time = s.st_ctim.tv_sec

func bit(fd: cint | SocketHandle): culong = culong(1) shl (int(fd) and 63)
proc FD_ZERO*(a1: var TFdSet) = reset(a1)
proc FD_SET*(a1: cint | SocketHandle, a2: var TFdSet) =
  a2.abi[int(a1) shr 6] = a2.abi[int(a1) shr 6] or bit(a1)
proc FD_CLR*(a1: cint, a2: var TFdSet) =
  a2.abi[a1 shr 6] = a2.abi[a1 shr 6] and not bit(a1)
proc FD_ISSET*(a1: cint | SocketHandle, a2: var TFdSet): cint = cint((a2.abi[int(a1) shr 6] and bit(a1)) != 0)

# What Linux has no special files for.
proc S_TYPEISMQ*(buf: var Stat): bool = false
proc S_TYPEISSEM*(buf: var Stat): bool = false
proc S_TYPEISSHM*(buf: var Stat): bool = false
proc S_TYPEISTMO*(buf: var Stat): bool = false
