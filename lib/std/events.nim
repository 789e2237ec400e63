## Events by name, and those who wait for them: an old module, which toolkits once used.

type
  EventArgs* = object of RootObj
    ## What an event tells; programs derive from it.
  EventHandler* = tuple[name: string, handlers: seq[proc (e: EventArgs) {.closure.}]]
    ## An event and what is called when it happens.
  EventEmitter* = object
    ## The events of something.
    events: seq[EventHandler]
  EventError* = object of ValueError

proc initEventHandler*(name: string): EventHandler = (name, @[])

proc addHandler*(handler: var EventHandler, fn: proc (e: EventArgs) {.closure.}) =
  ## From now on `fn` is called too.
  handler.handlers.add fn

proc containsHandler*(handler: var EventHandler, fn: proc (e: EventArgs) {.closure.}): bool =
  fn in handler.handlers

proc removeHandler*(handler: var EventHandler, fn: proc (e: EventArgs) {.closure.}) =
  ## `fn` is called no more, or once less; the last one takes its turn.
  let at = handler.handlers.find(fn)
  if at >= 0: handler.handlers.del at

proc clearHandlers*(handler: var EventHandler) = handler.handlers.setLen 0

proc initEventEmitter*(): EventEmitter = EventEmitter()

proc indexOf(emitter: EventEmitter, event: string): int =
  for i, known in emitter.events:
    if known.name == event: return i
  -1

proc on*(emitter: var EventEmitter, event: string, fn: proc (e: EventArgs) {.closure.}) =
  ## Has `fn` called when the event happens.
  var at = emitter.indexOf(event)
  if at < 0:
    at = emitter.events.len
    emitter.events.add initEventHandler(event)
  emitter.events[at].addHandler fn

proc emit*(emitter: var EventEmitter, eventhandler: var EventHandler, args: EventArgs) =
  ## The event happens: calls all that wait for it.
  for fn in eventhandler.handlers: fn(args)

proc emit*(emitter: var EventEmitter, event: string, args: EventArgs) =
  let at = emitter.indexOf(event)
  if at >= 0: emitter.emit(emitter.events[at], args)
