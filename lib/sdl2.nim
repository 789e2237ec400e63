## SDL2: windows, drawing, events, keyboard, mouse and time, through the C library of that name.
##
## The names are those of the well-known `sdl2` package, so that programs written for it run with this module as well.
## Types are laid out as in C. The library is looked for when a function of it is first used.

when defined(windows):
  const LibName* = "SDL2.dll"
elif defined(macosx):
  const LibName* = "libSDL2(|-2.0.0).dylib"
else:
  const LibName* = "libSDL2(|-2.0).so(|.0)"

const
  SDL_TEXTEDITINGEVENT_TEXT_SIZE* = 32
  SDL_TEXTINPUTEVENT_TEXT_SIZE* = 32

include sdl2/private/keycodes

type
  SDL_Return* {.size: sizeof(cint).} = enum
    ## What functions give that can fail.
    SdlError = -1, SdlSuccess = 0
  Bool32* {.size: sizeof(cint).} = enum
    ## C's SDL_bool.
    False32 = 0, True32 = 1
  KeyState* {.size: sizeof(uint8).} = enum
    KeyReleased = 0, KeyPressed

  EventType* {.size: sizeof(cint).} = enum
    ## What an event is about, and so which of its views holds.
    QuitEvent = 0x100, AppTerminating, AppLowMemory, AppWillEnterBackground, AppDidEnterBackground,
    AppWillEnterForeground, AppDidEnterForeground,
    DisplayEvent = 0x150,
    WindowEvent = 0x200, SysWMEvent,
    KeyDown = 0x300, KeyUp, TextEditing, TextInput, KeymapChanged,
    MouseMotion = 0x400, MouseButtonDown, MouseButtonUp, MouseWheel,
    JoyAxisMotion = 0x600, JoyBallMotion, JoyHatMotion, JoyButtonDown, JoyButtonUp, JoyDeviceAdded, JoyDeviceRemoved,
    ControllerAxisMotion = 0x650, ControllerButtonDown, ControllerButtonUp, ControllerDeviceAdded,
    ControllerDeviceRemoved, ControllerDeviceRemapped,
    FingerDown = 0x700, FingerUp, FingerMotion,
    DollarGesture = 0x800, DollarRecord, MultiGesture,
    ClipboardUpdate = 0x900,
    DropFile = 0x1000, DropText, DropBegin, DropComplete,
    AudioDeviceAdded = 0x1100, AudioDeviceRemoved,
    RenderTargetsReset = 0x2000, RenderDeviceReset,
    UserEvent = 0x8000, UserEvent1, UserEvent2, UserEvent3, UserEvent4, UserEvent5
  WindowEventID* {.size: sizeof(uint8).} = enum
    ## What happened to a window.
    WindowEvent_None = 0, WindowEvent_Shown, WindowEvent_Hidden, WindowEvent_Exposed, WindowEvent_Moved,
    WindowEvent_Resized, WindowEvent_SizeChanged, WindowEvent_Minimized, WindowEvent_Maximized,
    WindowEvent_Restored, WindowEvent_Enter, WindowEvent_Leave, WindowEvent_FocusGained, WindowEvent_FocusLost,
    WindowEvent_Close, WindowEvent_TakeFocus, WindowEvent_HitTest
  Eventaction* {.size: sizeof(cint).} = enum
    SDL_ADDEVENT, SDL_PEEKEVENT, SDL_GETEVENT

  KeySym* {.pure.} = object
    ## A key: its place, its meaning and what modified it.
    scancode*: Scancode
    sym*: cint
    modstate*: int16
    unicode*: cint

  TouchID* = int64
  FingerID* = int64
  GestureID* = int64

  Event* = object
    ## Any event. `kind` says which; `key(event)`, `button(event)`, … give the view of that kind.
    kind*: EventType
    padding: array[52, uint8]
    aligned: array[0, pointer]
  QuitEventObj* = object
    kind*: EventType
    timestamp*: uint32
  WindowEventObj* = object
    kind*: EventType
    timestamp*, windowID*: uint32
    event*: WindowEventID
    pad1, pad2, pad3: uint8
    data1*, data2*: cint
  KeyboardEventObj* = object
    kind*: EventType
    timestamp*, windowID*: uint32
    state*: uint8
    repeat*: bool
    pad1, pad2: uint8
    keysym*: KeySym
  TextEditingEventObj* = object
    kind*: EventType
    timestamp*, windowID*: uint32
    text*: array[SDL_TEXTEDITINGEVENT_TEXT_SIZE, char]
    start*, length*: int32
  TextInputEventObj* = object
    kind*: EventType
    timestamp*, windowID*: uint32
    text*: array[SDL_TEXTINPUTEVENT_TEXT_SIZE, char]
  MouseMotionEventObj* = object
    kind*: EventType
    timestamp*, windowID*, which*, state*: uint32
    x*, y*, xrel*, yrel*: int32
  MouseButtonEventObj* = object
    kind*: EventType
    timestamp*, windowID*, which*: uint32
    button*, state*, clicks*: uint8
    pad1: uint8
    x*, y*: cint
  MouseWheelEventObj* = object
    kind*: EventType
    timestamp*, windowID*, which*: uint32
    x*, y*: cint
    direction*: uint32
  JoyAxisEventObj* = object
    kind*: EventType
    timestamp*: uint32
    which*: int32
    axis*: uint8
    pad1, pad2, pad3: uint8
    value*: int16
    pad4: uint16
  JoyBallEventObj* = object
    kind*: EventType
    timestamp*: uint32
    which*: int32
    ball*: uint8
    pad1, pad2, pad3: uint8
    xrel*, yrel*: int16
  JoyHatEventObj* = object
    kind*: EventType
    timestamp*: uint32
    which*: int32
    hat*, value*: uint8
    pad1, pad2: uint8
  JoyButtonEventObj* = object
    kind*: EventType
    timestamp*: uint32
    which*: int32
    button*, state*: uint8
    pad1, pad2: uint8
  JoyDeviceEventObj* = object
    kind*: EventType
    timestamp*: uint32
    which*: int32
  ControllerAxisEventObj* = object
    kind*: EventType
    timestamp*: uint32
    which*: int32
    axis*: uint8
    pad1, pad2, pad3: uint8
    value*: int16
    pad4: uint16
  ControllerButtonEventObj* = object
    kind*: EventType
    timestamp*: uint32
    which*: int32
    button*, state*: uint8
    pad1, pad2: uint8
  ControllerDeviceEventObj* = object
    kind*: EventType
    timestamp*: uint32
    which*: int32
  TouchFingerEventObj* = object
    kind*: EventType
    timestamp*: uint32
    touchID*: TouchID
    fingerID*: FingerID
    x*, y*, dx*, dy*, pressure*: cfloat
    windowID*: uint32
  MultiGestureEventObj* = object
    kind*: EventType
    timestamp*: uint32
    touchID*: TouchID
    dTheta*, dDist*, x*, y*: cfloat
    numFingers*: uint16
    padding: uint16
  DollarGestureEventObj* = object
    kind*: EventType
    timestamp*: uint32
    touchID*: TouchID
    gestureID*: GestureID
    numFingers*: uint32
    error*, x*, y*: cfloat
  DropEventObj* = object
    kind*: EventType
    timestamp*: uint32
    file*: cstring
    windowID*: uint32
  UserEventObj* = object
    kind*: EventType
    timestamp*, windowID*: uint32
    code*: int32
    data1*, data2*: pointer

  QuitEventPtr* = ptr QuitEventObj
  WindowEventPtr* = ptr WindowEventObj
  KeyboardEventPtr* = ptr KeyboardEventObj
  TextEditingEventPtr* = ptr TextEditingEventObj
  TextInputEventPtr* = ptr TextInputEventObj
  MouseMotionEventPtr* = ptr MouseMotionEventObj
  MouseButtonEventPtr* = ptr MouseButtonEventObj
  MouseWheelEventPtr* = ptr MouseWheelEventObj
  JoyAxisEventPtr* = ptr JoyAxisEventObj
  JoyBallEventPtr* = ptr JoyBallEventObj
  JoyHatEventPtr* = ptr JoyHatEventObj
  JoyButtonEventPtr* = ptr JoyButtonEventObj
  JoyDeviceEventPtr* = ptr JoyDeviceEventObj
  ControllerAxisEventPtr* = ptr ControllerAxisEventObj
  ControllerButtonEventPtr* = ptr ControllerButtonEventObj
  ControllerDeviceEventPtr* = ptr ControllerDeviceEventObj
  TouchFingerEventPtr* = ptr TouchFingerEventObj
  MultiGestureEventPtr* = ptr MultiGestureEventObj
  DollarGestureEventPtr* = ptr DollarGestureEventObj
  DropEventPtr* = ptr DropEventObj
  UserEventPtr* = ptr UserEventObj

  EventFilter* = proc (userdata: pointer, event: ptr Event): Bool32 {.cdecl.}
  TimerCallback* = proc (interval: uint32, param: pointer): uint32 {.cdecl.}
  TimerID* = cint

  Point* = tuple[x, y: cint]
  Rect* = tuple[x, y: cint, w, h: cint]
  PointF* = tuple[x, y: cfloat]
  RectF* = tuple[x, y, w, h: cfloat]
  Color* = tuple[r, g, b, a: uint8]

  # What only the library looks into.
  WindowData = object
  RendererData = object
  TextureData = object
  CursorData = object
  GlContextData = object
  BlitMapData = object
  RWopsData = object
  WindowPtr* = ptr WindowData
  RendererPtr* = ptr RendererData
  TexturePtr* = ptr TextureData
  CursorPtr* = ptr CursorData
  GlContextPtr* = ptr GlContextData
  BlitMapPtr* = ptr BlitMapData
  RWopsPtr* = ptr RWopsData

  SDL_Version* = object
    major*, minor*, patch*: uint8
  DisplayMode* = object
    ## A screen's size and rate.
    format*: cuint
    w*, h*, refresh_rate*: cint
    driverData*: pointer
  RendererInfo* = object
    ## What a renderer can do.
    name*: cstring
    flags*, num_texture_formats*: uint32
    texture_formats*: array[16, uint32]
    max_texture_width*, max_texture_height*: cint
  RendererInfoPtr* = ptr RendererInfo
  TextureAccess* {.size: sizeof(cint).} = enum
    SDL_TEXTUREACCESS_STATIC, SDL_TEXTUREACCESS_STREAMING, SDL_TEXTUREACCESS_TARGET
  RendererFlip* = cint
  BlendMode* {.size: sizeof(cint).} = enum
    ## How what is drawn is joined with what is there.
    BlendMode_None = 0, BlendMode_Blend = 1, BlendMode_Add = 2, BlendMode_Mod = 4, BlendMode_Mul = 8
  Palette* = object
    ncolors*: cint
    colors*: ptr Color
    version*: uint32
    refcount*: cint
  PixelFormat* = object
    format*: uint32
    palette*: ptr Palette
    BitsPerPixel*, BytesPerPixel*: uint8
    padding*: array[2, uint8]
    Rmask*, Gmask*, Bmask*, Amask*: uint32
    Rloss*, Gloss*, Bloss*, Aloss*: uint8
    Rshift*, Gshift*, Bshift*, Ashift*: uint8
    refcount*: cint
    next*: ptr PixelFormat
  Surface* = object
    ## Pixels in memory.
    flags*: uint32
    format*: ptr PixelFormat
    w*, h*, pitch*: int32
    pixels*, userdata*: pointer
    locked*: int32
    lock_data*: pointer
    clip_rect*: Rect
    map: BlitMapPtr
    refcount*: cint
  SurfacePtr* = ptr Surface
  GLattr* {.size: sizeof(cint).} = enum
    ## Settings of an OpenGL context.
    SDL_GL_RED_SIZE, SDL_GL_GREEN_SIZE, SDL_GL_BLUE_SIZE, SDL_GL_ALPHA_SIZE, SDL_GL_BUFFER_SIZE, SDL_GL_DOUBLEBUFFER,
    SDL_GL_DEPTH_SIZE, SDL_GL_STENCIL_SIZE, SDL_GL_ACCUM_RED_SIZE, SDL_GL_ACCUM_GREEN_SIZE, SDL_GL_ACCUM_BLUE_SIZE,
    SDL_GL_ACCUM_ALPHA_SIZE, SDL_GL_STEREO, SDL_GL_MULTISAMPLEBUFFERS, SDL_GL_MULTISAMPLESAMPLES,
    SDL_GL_ACCELERATED_VISUAL, SDL_GL_RETAINED_BACKING, SDL_GL_CONTEXT_MAJOR_VERSION, SDL_GL_CONTEXT_MINOR_VERSION,
    SDL_GL_CONTEXT_EGL, SDL_GL_CONTEXT_FLAGS, SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_SHARE_WITH_CURRENT_CONTEXT

const
  # For `init`.
  INIT_TIMER* = 0x0000_0001
  INIT_AUDIO* = 0x0000_0010
  INIT_VIDEO* = 0x0000_0020
  INIT_JOYSTICK* = 0x0000_0200
  INIT_HAPTIC* = 0x0000_1000
  INIT_GAMECONTROLLER* = 0x0000_2000
  INIT_EVENTS* = 0x0000_4000
  INIT_NOPARACHUTE* = 0x0010_0000
  INIT_EVERYTHING* = 0x0000_FFFF

  # For `createWindow`.
  SDL_WINDOW_FULLSCREEN*: cuint = 0x0000_0001
  SDL_WINDOW_OPENGL*: cuint = 0x0000_0002
  SDL_WINDOW_SHOWN*: cuint = 0x0000_0004
  SDL_WINDOW_HIDDEN*: cuint = 0x0000_0008
  SDL_WINDOW_BORDERLESS*: cuint = 0x0000_0010
  SDL_WINDOW_RESIZABLE*: cuint = 0x0000_0020
  SDL_WINDOW_MINIMIZED*: cuint = 0x0000_0040
  SDL_WINDOW_MAXIMIZED*: cuint = 0x0000_0080
  SDL_WINDOW_INPUT_GRABBED*: cuint = 0x0000_0100
  SDL_WINDOW_INPUT_FOCUS*: cuint = 0x0000_0200
  SDL_WINDOW_MOUSE_FOCUS*: cuint = 0x0000_0400
  SDL_WINDOW_FOREIGN*: cuint = 0x0000_0800
  SDL_WINDOW_FULLSCREEN_DESKTOP*: cuint = 0x0000_1001
  SDL_WINDOW_ALLOW_HIGHDPI*: cuint = 0x0000_2000
  SDL_WINDOWPOS_UNDEFINED_MASK* = 0x1FFF_0000
  SDL_WINDOWPOS_UNDEFINED* = 0x1FFF_0000
  SDL_WINDOWPOS_CENTERED_MASK* = 0x2FFF_0000
  SDL_WINDOWPOS_CENTERED* = 0x2FFF_0000

  # For `createRenderer`.
  Renderer_Software*: cint = 1
  Renderer_Accelerated*: cint = 2
  Renderer_PresentVsync*: cint = 4
  Renderer_TargetTexture*: cint = 8

  SDL_FLIP_NONE*: cint = 0
  SDL_FLIP_HORIZONTAL*: cint = 1
  SDL_FLIP_VERTICAL*: cint = 2

  SDL_ALPHA_OPAQUE* = 255
  SDL_ALPHA_TRANSPARENT* = 0
  SDL_PIXELFORMAT_UNKNOWN* = 0'u32
  SDL_PIXELFORMAT_RGB332* = 0x1411_0801'u32
  SDL_PIXELFORMAT_RGB565* = 0x1515_1002'u32
  SDL_PIXELFORMAT_RGB24* = 0x1710_1803'u32
  SDL_PIXELFORMAT_BGR24* = 0x1740_1803'u32
  SDL_PIXELFORMAT_RGB888* = 0x1616_1804'u32
  SDL_PIXELFORMAT_BGR888* = 0x1656_1804'u32
  SDL_PIXELFORMAT_ARGB8888* = 0x1636_2004'u32
  SDL_PIXELFORMAT_RGBA8888* = 0x1646_2004'u32
  SDL_PIXELFORMAT_ABGR8888* = 0x1676_2004'u32
  SDL_PIXELFORMAT_BGRA8888* = 0x1686_2004'u32

  SDL_SWSURFACE* = 0
  SDL_PREALLOC* = 1
  SDL_RLEACCEL* = 2
  SDL_DONTFREE* = 4

  SDL_MESSAGEBOX_ERROR* = 0x10
  SDL_MESSAGEBOX_WARNING* = 0x20
  SDL_MESSAGEBOX_INFORMATION* = 0x40

  SDL_QUERY* = -1
  SDL_IGNORE* = 0
  SDL_DISABLE* = 0
  SDL_ENABLE* = 1

  BUTTON_LEFT* = 1'u8
  BUTTON_MIDDLE* = 2'u8
  BUTTON_RIGHT* = 3'u8
  BUTTON_X1* = 4'u8
  BUTTON_X2* = 5'u8
  BUTTON_LMASK* = 1'u8
  BUTTON_MMASK* = 2'u8
  BUTTON_RMASK* = 4'u8
  BUTTON_X1MASK* = 8'u8
  BUTTON_X2MASK* = 16'u8

converter toBool*(some: Bool32): bool = some == True32
converter toBool*(some: SDL_Return): bool = some == SdlSuccess
converter toCint*(some: TextureAccess): cint = cint(ord(some))
converter toInt*(some: Keymod): cint = cint(ord(some))

template SDL_BUTTON*(x: uint8): uint8 = 1'u8 shl (x - 1'u8)
template SDL_MUSTLOCK*(some: SurfacePtr): bool = (some.flags and SDL_RLEACCEL) != 0

{.push cdecl, dynlib: LibName.}

# The library
proc init*(flags: cint): SDL_Return {.importc: "SDL_Init", discardable.}
proc initSubSystem*(flags: uint32): cint {.importc: "SDL_InitSubSystem".}
proc quitSubSystem*(flags: uint32) {.importc: "SDL_QuitSubSystem".}
proc wasInit*(flags: uint32): uint32 {.importc: "SDL_WasInit".}
proc quit*() {.importc: "SDL_Quit".}
proc getPlatform*(): cstring {.importc: "SDL_GetPlatform".}
proc getVersion*(ver: var SDL_Version) {.importc: "SDL_GetVersion".}
proc getRevision*(): cstring {.importc: "SDL_GetRevision".}
proc setError*(fmt: cstring) {.importc: "SDL_SetError", varargs.}
proc getError*(): cstring {.importc: "SDL_GetError".}
proc clearError*() {.importc: "SDL_ClearError".}
proc setHint*(name, value: cstring): Bool32 {.importc: "SDL_SetHint", discardable.}
proc setHintWithPriority*(name, value: cstring, priority: cint): Bool32 {.
    importc: "SDL_SetHintWithPriority", discardable.}
proc getHint*(name: cstring): cstring {.importc: "SDL_GetHint".}

# Time
proc getTicks*(): uint32 {.importc: "SDL_GetTicks".}
proc getPerformanceCounter*(): uint64 {.importc: "SDL_GetPerformanceCounter".}
proc getPerformanceFrequency*(): uint64 {.importc: "SDL_GetPerformanceFrequency".}
proc delay*(ms: uint32) {.importc: "SDL_Delay".}
proc addTimer*(interval: uint32, callback: TimerCallback, param: pointer): TimerID {.importc: "SDL_AddTimer".}
proc removeTimer*(id: TimerID): Bool32 {.importc: "SDL_RemoveTimer", discardable.}

# Displays
proc getNumVideoDrivers*(): cint {.importc: "SDL_GetNumVideoDrivers".}
proc getVideoDriver*(index: cint): cstring {.importc: "SDL_GetVideoDriver".}
proc videoInit*(driver_name: cstring): SDL_Return {.importc: "SDL_VideoInit".}
proc videoQuit*() {.importc: "SDL_VideoQuit".}
proc getCurrentVideoDriver*(): cstring {.importc: "SDL_GetCurrentVideoDriver".}
proc getNumVideoDisplays*(): cint {.importc: "SDL_GetNumVideoDisplays".}
proc getDisplayBounds*(displayIndex: cint, rect: var Rect): SDL_Return {.importc: "SDL_GetDisplayBounds", discardable.}
proc getNumDisplayModes*(displayIndex: cint): cint {.importc: "SDL_GetNumDisplayModes".}
proc getDisplayMode*(displayIndex, modeIndex: cint, mode: var DisplayMode): SDL_Return {.
    importc: "SDL_GetDisplayMode", discardable.}
proc getDesktopDisplayMode*(displayIndex: cint, mode: var DisplayMode): SDL_Return {.
    importc: "SDL_GetDesktopDisplayMode", discardable.}
proc getCurrentDisplayMode*(displayIndex: cint, mode: var DisplayMode): SDL_Return {.
    importc: "SDL_GetCurrentDisplayMode", discardable.}
proc isScreenSaverEnabled*(): Bool32 {.importc: "SDL_IsScreenSaverEnabled".}
proc enableScreenSaver*() {.importc: "SDL_EnableScreenSaver".}
proc disableScreenSaver*() {.importc: "SDL_DisableScreenSaver".}

# Windows
proc createWindow*(title: cstring, x, y, w, h: cint, flags: uint32): WindowPtr {.importc: "SDL_CreateWindow".}
proc createWindowFrom*(data: pointer): WindowPtr {.importc: "SDL_CreateWindowFrom".}
proc createWindowAndRenderer*(width, height: cint, window_flags: uint32, window: var WindowPtr,
    renderer: var RendererPtr): SDL_Return {.importc: "SDL_CreateWindowAndRenderer", discardable.}
proc destroyWindow*(window: WindowPtr) {.importc: "SDL_DestroyWindow".}
proc destroy*(window: WindowPtr) {.importc: "SDL_DestroyWindow".}
proc showWindow*(window: WindowPtr) {.importc: "SDL_ShowWindow".}
proc hideWindow*(window: WindowPtr) {.importc: "SDL_HideWindow".}
proc raiseWindow*(window: WindowPtr) {.importc: "SDL_RaiseWindow".}
proc maximizeWindow*(window: WindowPtr) {.importc: "SDL_MaximizeWindow".}
proc minimizeWindow*(window: WindowPtr) {.importc: "SDL_MinimizeWindow".}
proc restoreWindow*(window: WindowPtr) {.importc: "SDL_RestoreWindow".}
proc getWindowFromID*(id: uint32): WindowPtr {.importc: "SDL_GetWindowFromID".}
proc getID*(window: WindowPtr): uint32 {.importc: "SDL_GetWindowID".}
proc getFlags*(window: WindowPtr): uint32 {.importc: "SDL_GetWindowFlags".}
proc setTitle*(window: WindowPtr, title: cstring) {.importc: "SDL_SetWindowTitle".}
proc getTitle*(window: WindowPtr): cstring {.importc: "SDL_GetWindowTitle".}
proc setIcon*(window: WindowPtr, icon: SurfacePtr) {.importc: "SDL_SetWindowIcon".}
proc setData*(window: WindowPtr, name: cstring, userdata: pointer): pointer {.
    importc: "SDL_SetWindowData", discardable.}
proc getData*(window: WindowPtr, name: cstring): pointer {.importc: "SDL_GetWindowData".}
proc setPosition*(window: WindowPtr, x, y: cint) {.importc: "SDL_SetWindowPosition".}
proc getPosition*(window: WindowPtr, x, y: var cint) {.importc: "SDL_GetWindowPosition".}
proc setSize*(window: WindowPtr, w, h: cint) {.importc: "SDL_SetWindowSize".}
proc getSize*(window: WindowPtr, w, h: var cint) {.importc: "SDL_GetWindowSize".}
proc setBordered*(window: WindowPtr, bordered: Bool32) {.importc: "SDL_SetWindowBordered".}
proc setResizable*(window: WindowPtr, resizable: Bool32) {.importc: "SDL_SetWindowResizable".}
proc setFullscreen*(window: WindowPtr, fullscreen: uint32): SDL_Return {.
    importc: "SDL_SetWindowFullscreen", discardable.}
proc getSurface*(window: WindowPtr): SurfacePtr {.importc: "SDL_GetWindowSurface".}
proc updateSurface*(window: WindowPtr): SDL_Return {.importc: "SDL_UpdateWindowSurface", discardable.}
proc updateSurfaceRects*(window: WindowPtr, rects: ptr Rect, numrects: cint): SDL_Return {.
    importc: "SDL_UpdateWindowSurfaceRects", discardable.}
proc setGrab*(window: WindowPtr, grabbed: Bool32) {.importc: "SDL_SetWindowGrab".}
proc getGrab*(window: WindowPtr): Bool32 {.importc: "SDL_GetWindowGrab".}
proc getDisplayIndex*(window: WindowPtr): cint {.importc: "SDL_GetWindowDisplayIndex".}
proc setDisplayMode*(window: WindowPtr, mode: ptr DisplayMode): SDL_Return {.
    importc: "SDL_SetWindowDisplayMode", discardable.}
proc getDisplayMode*(window: WindowPtr, mode: var DisplayMode): cint {.
    importc: "SDL_GetWindowDisplayMode", discardable.}
proc getPixelFormat*(window: WindowPtr): uint32 {.importc: "SDL_GetWindowPixelFormat".}
proc showMessage(flags: uint32, title, message: cstring, window: WindowPtr): cint {.
    importc: "SDL_ShowSimpleMessageBox".}

# Renderers
proc getNumRenderDrivers*(): cint {.importc: "SDL_GetNumRenderDrivers".}
proc getRenderDriverInfo*(index: cint, info: var RendererInfo): SDL_Return {.
    importc: "SDL_GetRenderDriverInfo", discardable.}
proc createRenderer*(window: WindowPtr, index: cint, flags: cint): RendererPtr {.importc: "SDL_CreateRenderer".}
proc createSoftwareRenderer*(surface: SurfacePtr): RendererPtr {.importc: "SDL_CreateSoftwareRenderer".}
proc getRenderer*(window: WindowPtr): RendererPtr {.importc: "SDL_GetRenderer".}
proc getRendererInfo*(renderer: RendererPtr, info: RendererInfoPtr): cint {.
    importc: "SDL_GetRendererInfo", discardable.}
proc destroyRenderer*(renderer: RendererPtr) {.importc: "SDL_DestroyRenderer".}
proc destroy*(renderer: RendererPtr) {.importc: "SDL_DestroyRenderer".}
proc setLogicalSize*(renderer: RendererPtr, w, h: cint): cint {.importc: "SDL_RenderSetLogicalSize", discardable.}
proc getLogicalSize*(renderer: RendererPtr, w, h: var cint) {.importc: "SDL_RenderGetLogicalSize".}
proc setViewport*(renderer: RendererPtr, rect: ptr Rect): SDL_Return {.importc: "SDL_RenderSetViewport", discardable.}
proc getViewport*(renderer: RendererPtr, rect: var Rect) {.importc: "SDL_RenderGetViewport".}
proc setClipRect*(renderer: RendererPtr, rect: ptr Rect): SDL_Return {.importc: "SDL_RenderSetClipRect", discardable.}
proc setScale*(renderer: RendererPtr, scaleX, scaleY: cfloat): SDL_Return {.importc: "SDL_RenderSetScale", discardable.}
proc getScale*(renderer: RendererPtr, scaleX, scaleY: var cfloat) {.importc: "SDL_RenderGetScale".}
proc setDrawColor*(renderer: RendererPtr, r, g, b: uint8, a = 255'u8): SDL_Return {.
    importc: "SDL_SetRenderDrawColor", discardable.}
proc getDrawColor*(renderer: RendererPtr, r, g, b, a: var uint8): SDL_Return {.
    importc: "SDL_GetRenderDrawColor", discardable.}
proc setDrawBlendMode*(renderer: RendererPtr, blendMode: BlendMode): SDL_Return {.
    importc: "SDL_SetRenderDrawBlendMode", discardable.}
proc getDrawBlendMode*(renderer: RendererPtr, blendMode: var BlendMode): SDL_Return {.
    importc: "SDL_GetRenderDrawBlendMode", discardable.}
proc clear*(renderer: RendererPtr): cint {.importc: "SDL_RenderClear", discardable.}
proc present*(renderer: RendererPtr) {.importc: "SDL_RenderPresent".}
proc drawPoint*(renderer: RendererPtr, x, y: cint): SDL_Return {.importc: "SDL_RenderDrawPoint", discardable.}
proc drawPoints*(renderer: RendererPtr, points: ptr Point, count: cint): SDL_Return {.
    importc: "SDL_RenderDrawPoints", discardable.}
proc drawLine*(renderer: RendererPtr, x1, y1, x2, y2: cint): SDL_Return {.importc: "SDL_RenderDrawLine", discardable.}
proc drawLines*(renderer: RendererPtr, points: ptr Point, count: cint): SDL_Return {.
    importc: "SDL_RenderDrawLines", discardable.}
proc drawRect*(renderer: RendererPtr, rect: var Rect): SDL_Return {.importc: "SDL_RenderDrawRect", discardable.}
proc drawRect*(renderer: RendererPtr, rect: ptr Rect = nil): SDL_Return {.importc: "SDL_RenderDrawRect", discardable.}
proc drawRects*(renderer: RendererPtr, rects: ptr Rect, count: cint): SDL_Return {.
    importc: "SDL_RenderDrawRects", discardable.}
proc fillRect*(renderer: RendererPtr, rect: var Rect): SDL_Return {.importc: "SDL_RenderFillRect", discardable.}
proc fillRect*(renderer: RendererPtr, rect: ptr Rect = nil): SDL_Return {.importc: "SDL_RenderFillRect", discardable.}
proc fillRects*(renderer: RendererPtr, rects: ptr Rect, count: cint): SDL_Return {.
    importc: "SDL_RenderFillRects", discardable.}
proc readPixels*(renderer: RendererPtr, rect: var Rect, format: cint, pixels: pointer, pitch: cint): cint {.
    importc: "SDL_RenderReadPixels", discardable.}
proc renderTargetSupported*(renderer: RendererPtr): Bool32 {.importc: "SDL_RenderTargetSupported".}
proc setRenderTarget*(renderer: RendererPtr, texture: TexturePtr): SDL_Return {.
    importc: "SDL_SetRenderTarget", discardable.}
proc getRenderTarget*(renderer: RendererPtr): TexturePtr {.importc: "SDL_GetRenderTarget".}

# Textures
proc createTexture*(renderer: RendererPtr, format: uint32, access, w, h: cint): TexturePtr {.
    importc: "SDL_CreateTexture".}
proc createTexture*(renderer: RendererPtr, surface: SurfacePtr): TexturePtr {.importc: "SDL_CreateTextureFromSurface".}
proc createTextureFromSurface*(renderer: RendererPtr, surface: SurfacePtr): TexturePtr {.
    importc: "SDL_CreateTextureFromSurface".}
proc destroyTexture*(texture: TexturePtr) {.importc: "SDL_DestroyTexture".}
proc destroy*(texture: TexturePtr) {.importc: "SDL_DestroyTexture".}
proc queryTexture*(texture: TexturePtr, format: ptr uint32, access, w, h: ptr cint): SDL_Return {.
    importc: "SDL_QueryTexture", discardable.}
proc setTextureColorMod*(texture: TexturePtr, r, g, b: uint8): SDL_Return {.
    importc: "SDL_SetTextureColorMod", discardable.}
proc getTextureColorMod*(texture: TexturePtr, r, g, b: var uint8): SDL_Return {.
    importc: "SDL_GetTextureColorMod", discardable.}
proc setTextureAlphaMod*(texture: TexturePtr, alpha: uint8): SDL_Return {.
    importc: "SDL_SetTextureAlphaMod", discardable.}
proc getTextureAlphaMod*(texture: TexturePtr, alpha: var uint8): SDL_Return {.
    importc: "SDL_GetTextureAlphaMod", discardable.}
proc setTextureBlendMode*(texture: TexturePtr, blendMode: BlendMode): SDL_Return {.
    importc: "SDL_SetTextureBlendMode", discardable.}
proc getTextureBlendMode*(texture: TexturePtr, blendMode: var BlendMode): SDL_Return {.
    importc: "SDL_GetTextureBlendMode", discardable.}
proc updateTexture*(texture: TexturePtr, rect: ptr Rect, pixels: pointer, pitch: cint): SDL_Return {.
    importc: "SDL_UpdateTexture", discardable.}
proc lockTexture*(texture: TexturePtr, rect: ptr Rect, pixels: ptr pointer, pitch: ptr cint): SDL_Return {.
    importc: "SDL_LockTexture", discardable.}
proc unlockTexture*(texture: TexturePtr) {.importc: "SDL_UnlockTexture".}
proc copy*(renderer: RendererPtr, texture: TexturePtr, srcrect, dstrect: ptr Rect): SDL_Return {.
    importc: "SDL_RenderCopy", discardable.}
proc copyEx*(renderer: RendererPtr, texture: TexturePtr, srcrect, dstrect: var Rect, angle: cdouble,
    center: ptr Point, flip: RendererFlip = SDL_FLIP_NONE): SDL_Return {.importc: "SDL_RenderCopyEx", discardable.}
proc copyEx*(renderer: RendererPtr, texture: TexturePtr, srcrect, dstrect: ptr Rect, angle: cdouble,
    center: ptr Point, flip: RendererFlip = SDL_FLIP_NONE): SDL_Return {.importc: "SDL_RenderCopyEx", discardable.}

# Surfaces
proc createRGBSurface*(flags: cint, width, height, depth: cint, Rmask, Gmask, Bmask, Amask: uint32): SurfacePtr {.
    importc: "SDL_CreateRGBSurface".}
proc createRGBSurfaceFrom*(pixels: pointer, width, height, depth, pitch: cint, Rmask, Gmask, Bmask,
    Amask: uint32): SurfacePtr {.importc: "SDL_CreateRGBSurfaceFrom".}
proc freeSurface*(surface: SurfacePtr) {.importc: "SDL_FreeSurface".}
proc destroy*(surface: SurfacePtr) {.importc: "SDL_FreeSurface".}
proc lockSurface*(surface: SurfacePtr): cint {.importc: "SDL_LockSurface", discardable.}
proc unlockSurface*(surface: SurfacePtr) {.importc: "SDL_UnlockSurface".}
proc setColorKey*(surface: SurfacePtr, flag: cint, key: uint32): cint {.importc: "SDL_SetColorKey", discardable.}
proc setSurfaceBlendMode*(surface: SurfacePtr, blendMode: BlendMode): cint {.
    importc: "SDL_SetSurfaceBlendMode", discardable.}
proc convertSurface*(src: SurfacePtr, fmt: ptr PixelFormat, flags: cint): SurfacePtr {.importc: "SDL_ConvertSurface".}
proc convertSurfaceFormat*(src: SurfacePtr, pixel_format, flags: uint32): SurfacePtr {.
    importc: "SDL_ConvertSurfaceFormat".}
proc fillRect*(dst: SurfacePtr, rect: ptr Rect, color: uint32): SDL_Return {.importc: "SDL_FillRect", discardable.}
proc fillRects*(dst: SurfacePtr, rects: ptr Rect, count: cint, color: uint32): cint {.
    importc: "SDL_FillRects", discardable.}
proc upperBlit*(src: SurfacePtr, srcrect: ptr Rect, dst: SurfacePtr, dstrect: ptr Rect): SDL_Return {.
    importc: "SDL_UpperBlit", discardable.}
proc blitSurface*(src: SurfacePtr, srcrect: ptr Rect, dst: SurfacePtr, dstrect: ptr Rect): SDL_Return {.
    importc: "SDL_UpperBlit", discardable.}
proc upperBlitScaled*(src: SurfacePtr, srcrect: ptr Rect, dst: SurfacePtr, dstrect: ptr Rect): SDL_Return {.
    importc: "SDL_UpperBlitScaled", discardable.}
proc blitScaled*(src: SurfacePtr, srcrect: ptr Rect, dst: SurfacePtr, dstrect: ptr Rect): SDL_Return {.
    importc: "SDL_UpperBlitScaled", discardable.}
proc rwFromFile*(file, mode: cstring): RWopsPtr {.importc: "SDL_RWFromFile".}
proc rwFromMem*(mem: pointer, size: cint): RWopsPtr {.importc: "SDL_RWFromMem".}
proc rwFromConstMem*(mem: pointer, size: cint): RWopsPtr {.importc: "SDL_RWFromConstMem".}
proc loadBMP_RW*(src: RWopsPtr, freesrc: cint): SurfacePtr {.importc: "SDL_LoadBMP_RW".}
proc saveBMP_RW*(surface: SurfacePtr, dst: RWopsPtr, freedst: cint): SDL_Return {.
    importc: "SDL_SaveBMP_RW", discardable.}
proc getPixelFormatName*(format: uint32): cstring {.importc: "SDL_GetPixelFormatName".}
proc allocFormat*(pixelFormat: uint32): ptr PixelFormat {.importc: "SDL_AllocFormat".}
proc freeFormat*(format: ptr PixelFormat) {.importc: "SDL_FreeFormat".}
proc mapRGB*(format: ptr PixelFormat, r, g, b: uint8): uint32 {.importc: "SDL_MapRGB".}
proc mapRGBA*(format: ptr PixelFormat, r, g, b, a: uint8): uint32 {.importc: "SDL_MapRGBA".}
proc getRGB*(pixel: uint32, format: ptr PixelFormat, r, g, b: var uint8) {.importc: "SDL_GetRGB".}
proc getRGBA*(pixel: uint32, format: ptr PixelFormat, r, g, b, a: var uint8) {.importc: "SDL_GetRGBA".}

# Events
proc pumpEvents*() {.importc: "SDL_PumpEvents".}
proc pollEvent*(event: var Event): Bool32 {.importc: "SDL_PollEvent".}
proc waitEvent*(event: var Event): Bool32 {.importc: "SDL_WaitEvent".}
proc waitEventTimeout*(event: var Event, timeout: cint): Bool32 {.importc: "SDL_WaitEventTimeout".}
proc pushEvent*(event: ptr Event): cint {.importc: "SDL_PushEvent", discardable.}
proc peepEvents*(events: ptr Event, numevents: cint, action: Eventaction, minType, maxType: uint32): cint {.
    importc: "SDL_PeepEvents".}
proc hasEvent*(kind: uint32): Bool32 {.importc: "SDL_HasEvent".}
proc hasEvents*(minType, maxType: uint32): Bool32 {.importc: "SDL_HasEvents".}
proc flushEvent*(kind: uint32) {.importc: "SDL_FlushEvent".}
proc flushEvents*(minType, maxType: uint32) {.importc: "SDL_FlushEvents".}
proc setEventFilter*(filter: EventFilter, userdata: pointer) {.importc: "SDL_SetEventFilter".}
proc addEventWatch*(filter: EventFilter, userdata: pointer) {.importc: "SDL_AddEventWatch".}
proc delEventWatch*(filter: EventFilter, userdata: pointer) {.importc: "SDL_DelEventWatch".}
proc eventState*(kind: EventType, state: cint): uint8 {.importc: "SDL_EventState", discardable.}
proc registerEvents*(numevents: cint): uint32 {.importc: "SDL_RegisterEvents".}

# Keyboard
proc getKeyboardFocus*(): WindowPtr {.importc: "SDL_GetKeyboardFocus".}
proc getKeyboardState*(numkeys: ptr int = nil): ptr array[0 .. 512, uint8] {.importc: "SDL_GetKeyboardState".}
proc getModState*(): Keymod {.importc: "SDL_GetModState".}
proc setModState*(state: Keymod) {.importc: "SDL_SetModState".}
proc getKeyFromScancode*(scancode: Scancode): cint {.importc: "SDL_GetKeyFromScancode".}
proc getScancodeFromKey*(key: cint): Scancode {.importc: "SDL_GetScancodeFromKey".}
proc getScancodeName*(scancode: Scancode): cstring {.importc: "SDL_GetScancodeName".}
proc getScancodeFromName*(name: cstring): Scancode {.importc: "SDL_GetScancodeFromName".}
proc getKeyName*(key: cint): cstring {.importc: "SDL_GetKeyName".}
proc getKeyFromName*(name: cstring): cint {.importc: "SDL_GetKeyFromName".}
proc startTextInput*() {.importc: "SDL_StartTextInput".}
proc isTextInputActive*(): Bool32 {.importc: "SDL_IsTextInputActive".}
proc stopTextInput*() {.importc: "SDL_StopTextInput".}
proc setTextInputRect*(rect: ptr Rect) {.importc: "SDL_SetTextInputRect".}
proc setClipboardText*(text: cstring): SDL_Return {.importc: "SDL_SetClipboardText", discardable.}
proc getClipboardText*(): cstring {.importc: "SDL_GetClipboardText".}
proc hasClipboardText*(): Bool32 {.importc: "SDL_HasClipboardText".}

# Mouse
proc getMouseFocus*(): WindowPtr {.importc: "SDL_GetMouseFocus".}
proc getMouseState*(x, y: var cint): uint8 {.importc: "SDL_GetMouseState", discardable.}
proc getMouseState*(x, y: ptr cint): uint8 {.importc: "SDL_GetMouseState", discardable.}
proc getRelativeMouseState*(x, y: var cint): uint8 {.importc: "SDL_GetRelativeMouseState", discardable.}
proc warpMouseInWindow*(window: WindowPtr, x, y: cint) {.importc: "SDL_WarpMouseInWindow".}
proc setRelativeMouseMode*(enabled: Bool32): SDL_Return {.importc: "SDL_SetRelativeMouseMode", discardable.}
proc getRelativeMouseMode*(): Bool32 {.importc: "SDL_GetRelativeMouseMode".}
proc createCursor*(data, mask: ptr uint8, w, h, hot_x, hot_y: cint): CursorPtr {.importc: "SDL_CreateCursor".}
proc createColorCursor*(surface: SurfacePtr, hot_x, hot_y: cint): CursorPtr {.importc: "SDL_CreateColorCursor".}
proc setCursor*(cursor: CursorPtr) {.importc: "SDL_SetCursor".}
proc getCursor*(): CursorPtr {.importc: "SDL_GetCursor".}
proc freeCursor*(cursor: CursorPtr) {.importc: "SDL_FreeCursor".}
proc destroy*(cursor: CursorPtr) {.importc: "SDL_FreeCursor".}
proc showCursor*(toggle: cint): cint {.importc: "SDL_ShowCursor", discardable.}

# OpenGL
proc glLoadLibrary*(path: cstring): SDL_Return {.importc: "SDL_GL_LoadLibrary", discardable.}
proc glGetProcAddress*(procedure: cstring): pointer {.importc: "SDL_GL_GetProcAddress".}
proc glUnloadLibrary*() {.importc: "SDL_GL_UnloadLibrary".}
proc glExtensionSupported*(extension: cstring): Bool32 {.importc: "SDL_GL_ExtensionSupported".}
proc glSetAttribute*(attr: GLattr, value: cint): cint {.importc: "SDL_GL_SetAttribute", discardable.}
proc glGetAttribute*(attr: GLattr, value: var cint): cint {.importc: "SDL_GL_GetAttribute", discardable.}
proc glCreateContext*(window: WindowPtr): GlContextPtr {.importc: "SDL_GL_CreateContext".}
proc glMakeCurrent*(window: WindowPtr, context: GlContextPtr): cint {.importc: "SDL_GL_MakeCurrent", discardable.}
proc glGetDrawableSize*(window: WindowPtr, w, h: var cint) {.importc: "SDL_GL_GetDrawableSize".}
proc glSetSwapInterval*(interval: cint): cint {.importc: "SDL_GL_SetSwapInterval", discardable.}
proc glGetSwapInterval*(): cint {.importc: "SDL_GL_GetSwapInterval".}
proc glSwapWindow*(window: WindowPtr) {.importc: "SDL_GL_SwapWindow".}
proc glDeleteContext*(context: GlContextPtr) {.importc: "SDL_GL_DeleteContext".}

{.pop.}

# Views of an event: the same memory as the type that its kind says.

let defaultEvent* = Event(kind: QuitEvent) ## An event to begin with.

proc window*(event: var Event): WindowEventPtr =
  assert event.kind == WindowEvent
  cast[WindowEventPtr](addr event)

proc key*(event: var Event): KeyboardEventPtr =
  assert event.kind >= KeyDown and event.kind <= KeyUp
  cast[KeyboardEventPtr](addr event)

proc edit*(event: var Event): TextEditingEventPtr =
  assert event.kind == TextEditing
  cast[TextEditingEventPtr](addr event)

proc text*(event: var Event): TextInputEventPtr =
  assert event.kind == TextInput
  cast[TextInputEventPtr](addr event)

proc motion*(event: var Event): MouseMotionEventPtr =
  assert event.kind == MouseMotion
  cast[MouseMotionEventPtr](addr event)

proc button*(event: var Event): MouseButtonEventPtr =
  assert event.kind >= MouseButtonDown and event.kind <= MouseButtonUp
  cast[MouseButtonEventPtr](addr event)

proc wheel*(event: var Event): MouseWheelEventPtr =
  assert event.kind == MouseWheel
  cast[MouseWheelEventPtr](addr event)

proc jaxis*(event: var Event): JoyAxisEventPtr =
  assert event.kind == JoyAxisMotion
  cast[JoyAxisEventPtr](addr event)

proc jball*(event: var Event): JoyBallEventPtr =
  assert event.kind == JoyBallMotion
  cast[JoyBallEventPtr](addr event)

proc jhat*(event: var Event): JoyHatEventPtr =
  assert event.kind == JoyHatMotion
  cast[JoyHatEventPtr](addr event)

proc jbutton*(event: var Event): JoyButtonEventPtr =
  assert event.kind >= JoyButtonDown and event.kind <= JoyButtonUp
  cast[JoyButtonEventPtr](addr event)

proc jdevice*(event: var Event): JoyDeviceEventPtr =
  assert event.kind >= JoyDeviceAdded and event.kind <= JoyDeviceRemoved
  cast[JoyDeviceEventPtr](addr event)

proc caxis*(event: var Event): ControllerAxisEventPtr =
  assert event.kind == ControllerAxisMotion
  cast[ControllerAxisEventPtr](addr event)

proc cbutton*(event: var Event): ControllerButtonEventPtr =
  assert event.kind >= ControllerButtonDown and event.kind <= ControllerButtonUp
  cast[ControllerButtonEventPtr](addr event)

proc cdevice*(event: var Event): ControllerDeviceEventPtr =
  assert event.kind >= ControllerDeviceAdded and event.kind <= ControllerDeviceRemapped
  cast[ControllerDeviceEventPtr](addr event)

proc tfinger*(event: var Event): TouchFingerEventPtr =
  assert event.kind >= FingerDown and event.kind <= FingerMotion
  cast[TouchFingerEventPtr](addr event)

proc mgesture*(event: var Event): MultiGestureEventPtr =
  assert event.kind == MultiGesture
  cast[MultiGestureEventPtr](addr event)

proc dgesture*(event: var Event): DollarGestureEventPtr =
  assert event.kind >= DollarGesture and event.kind <= DollarRecord
  cast[DollarGestureEventPtr](addr event)

proc drop*(event: var Event): DropEventPtr =
  assert event.kind >= DropFile and event.kind <= DropComplete
  cast[DropEventPtr](addr event)

proc quit*(event: var Event): QuitEventPtr =
  assert event.kind == QuitEvent
  cast[QuitEventPtr](addr event)

proc user*(event: var Event): UserEventPtr =
  assert event.kind >= UserEvent and event.kind <= UserEvent5
  cast[UserEventPtr](addr event)

# Values, and shorter forms of what C has.

proc rect*(x, y: cint, w = cint(0), h = cint(0)): Rect = (x: x, y: y, w: w, h: h)
  ## A rectangle.

proc point*[T: SomeNumber](x, y: T): Point = (x: cint(x), y: cint(y))
  ## A point.

proc color*(r, g, b, a: range[0 .. 255]): Color = (r: uint8(r), g: uint8(g), b: uint8(b), a: uint8(a))
  ## A colour; the last is how opaque it is.

proc contains*(some: Rect, point: Point): bool =
  ## Does the point lie in the rectangle, its edges counted?
  point.x >= some.x and point.x <= some.x + some.w and point.y >= some.y and point.y <= some.y + some.h

proc getSize*(window: WindowPtr): Point =
  ## The window's width and height.
  getSize(window, result.x, result.y)

proc getPosition*(window: WindowPtr): Point =
  ## Where the window is.
  getPosition(window, result.x, result.y)

proc setDrawColor*(renderer: RendererPtr, c: Color): SDL_Return {.discardable.} =
  setDrawColor(renderer, c.r, c.g, c.b, c.a)

proc createRGBSurface*(width, height, depth: int32): SurfacePtr =
  createRGBSurface(cint(0), cint(width), cint(height), cint(depth), 0'u32, 0'u32, 0'u32, 0'u32)

proc loadBMP*(file: string): SurfacePtr = loadBMP_RW(rwFromFile(cstring(file), "rb"), 1)
  ## A picture in BMP format, or nil.

proc saveBMP*(surface: SurfacePtr, file: string): SDL_Return {.discardable.} =
  saveBMP_RW(surface, rwFromFile(cstring(file), "wb"), 1)

proc getEventState*(kind: EventType): uint8 = eventState(kind, SDL_QUERY)
  ## Are events of the kind reported?

proc showCursor*(toggle: bool): Bool32 {.discardable.} =
  ## Shows or hides the mouse pointer.
  if showCursor(cint(ord(toggle))) == 1: True32 else: False32

proc showSimpleMessageBox*(flags: uint32, title, message: cstring, window: WindowPtr): cint {.discardable.} =
  ## A message in a window of its own; returns when it is closed.
  showMessage(flags, title, message, window)
