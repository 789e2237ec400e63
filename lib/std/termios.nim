## The terminal of a POSIX system.

when not defined(linux): {.error: "not supported yet: the module 'termios' on this system".}

import std/posix

type
  Speed* = cuint
  Cflag* = cuint

const NCCS* = 32 ## How many control characters there are.

type
  Termios* {.bycopy.} = object
    ## How a terminal works.
    c_iflag*, c_oflag*, c_cflag*, c_lflag*: Cflag
    c_line*: uint8
    c_cc*: array[NCCS, uint8]
    c_ispeed*, c_ospeed*: Speed
  IOctl_WinSize* {.bycopy.} = object
    ## How large a window is, in characters and pixels.
    ws_row*, ws_col*, ws_xpixel*, ws_ypixel*: cushort

const
  VINTR* = 0.cint
  VQUIT* = 1.cint
  VERASE* = 2.cint
  VKILL* = 3.cint
  VEOF* = 4.cint
  VTIME* = 5.cint
  VMIN* = 6.cint
  VSTART* = 8.cint
  VSTOP* = 9.cint
  VSUSP* = 10.cint
  VEOL* = 11.cint
  IGNBRK* = 1.Cflag
  BRKINT* = 2.Cflag
  IGNPAR* = 4.Cflag
  PARMRK* = 8.Cflag
  INPCK* = 16.Cflag
  ISTRIP* = 32.Cflag
  INLCR* = 64.Cflag
  IGNCR* = 128.Cflag
  ICRNL* = 256.Cflag
  IUCLC* = 512.Cflag
  IXON* = 1024.Cflag
  IXANY* = 2048.Cflag
  IXOFF* = 4096.Cflag
  OPOST* = 1.Cflag
  ONLCR* = 4.Cflag
  OCRNL* = 8.Cflag
  ONOCR* = 16.Cflag
  ONLRET* = 32.Cflag
  OFILL* = 64.Cflag
  OFDEL* = 128.Cflag
  NLDLY* = 256.Cflag
  NL0* = 0.Cflag
  NL1* = 256.Cflag
  CRDLY* = 1536.Cflag
  CR0* = 0.Cflag
  CR1* = 512.Cflag
  CR2* = 1024.Cflag
  CR3* = 1536.Cflag
  TABDLY* = 6144.Cflag
  TAB0* = 0.Cflag
  TAB1* = 2048.Cflag
  TAB2* = 4096.Cflag
  TAB3* = 6144.Cflag
  BSDLY* = 8192.Cflag
  BS0* = 0.Cflag
  BS1* = 8192.Cflag
  FFDLY* = 32768.Cflag
  FF0* = 0.Cflag
  FF1* = 32768.Cflag
  VTDLY* = 16384.Cflag
  VT0* = 0.Cflag
  VT1* = 16384.Cflag
  B0* = 0.Speed
  B50* = 1.Speed
  B75* = 2.Speed
  B110* = 3.Speed
  B134* = 4.Speed
  B150* = 5.Speed
  B200* = 6.Speed
  B300* = 7.Speed
  B600* = 8.Speed
  B1200* = 9.Speed
  B1800* = 10.Speed
  B2400* = 11.Speed
  B4800* = 12.Speed
  B9600* = 13.Speed
  B19200* = 14.Speed
  B38400* = 15.Speed
  B57600* = 4097.Speed
  B115200* = 4098.Speed
  B230400* = 4099.Speed
  B460800* = 4100.Speed
  B500000* = 4101.Speed
  B576000* = 4102.Speed
  B921600* = 4103.Speed
  B1000000* = 4104.Speed
  B1152000* = 4105.Speed
  B1500000* = 4106.Speed
  B2000000* = 4107.Speed
  B2500000* = 4108.Speed
  B3000000* = 4109.Speed
  B3500000* = 4110.Speed
  B4000000* = 4111.Speed
  EXTA* = 14.Speed
  EXTB* = 15.Speed
  CSIZE* = 48.Cflag
  CS5* = 0.Cflag
  CS6* = 16.Cflag
  CS7* = 32.Cflag
  CS8* = 48.Cflag
  CSTOPB* = 64.Cflag
  CREAD* = 128.Cflag
  PARENB* = 256.Cflag
  PARODD* = 512.Cflag
  HUPCL* = 1024.Cflag
  CLOCAL* = 2048.Cflag
  ISIG* = 1.Cflag
  ICANON* = 2.Cflag
  ECHO* = 8.Cflag
  ECHOE* = 16.Cflag
  ECHOK* = 32.Cflag
  ECHONL* = 64.Cflag
  NOFLSH* = 128.Cflag
  TOSTOP* = 256.Cflag
  IEXTEN* = 32768.Cflag
  TCOOFF* = 0.cint
  TCOON* = 1.cint
  TCIOFF* = 2.cint
  TCION* = 3.cint
  TCIFLUSH* = 0.cint
  TCOFLUSH* = 1.cint
  TCIOFLUSH* = 2.cint
  TCSANOW* = 0.cint
  TCSADRAIN* = 1.cint
  TCSAFLUSH* = 2.cint
  TIOCGWINSZ* = 21523.culong

template cceq*(val, c): untyped =
  ## Is it this control character, and switched on?
  c == val and val != POSIX_VDISABLE

{.push cdecl.}

proc cfGetOspeed*(termios: ptr Termios): Speed {.importc: "cfgetospeed".}
proc cfGetIspeed*(termios: ptr Termios): Speed {.importc: "cfgetispeed".}
proc cfSetOspeed*(termios: ptr Termios, speed: Speed): cint {.importc: "cfsetospeed".}
proc cfSetIspeed*(termios: ptr Termios, speed: Speed): cint {.importc: "cfsetispeed".}
proc tcGetAttr*(fd: cint, termios: ptr Termios): cint {.importc: "tcgetattr".}
proc tcSetAttr*(fd: cint, optional_actions: cint, termios: ptr Termios): cint {.importc: "tcsetattr".}
proc tcSendBreak*(fd: cint, duration: cint): cint {.importc: "tcsendbreak".}
proc tcDrain*(fd: cint): cint {.importc: "tcdrain".}
proc tcFlush*(fd: cint, queue_selector: cint): cint {.importc: "tcflush".}
proc tcFlow*(fd: cint, action: cint): cint {.importc: "tcflow".}
proc ioctl*(fd: cint, request: culong, reply: ptr IOctl_WinSize): int {.importc, varargs.}

{.pop.}
