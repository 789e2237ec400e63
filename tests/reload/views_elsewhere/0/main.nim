# A frame that has addresses as long as it runs, none of them in what changes, is in nobody's way: whatever else it has had before.
import state, std/hotcodereloading

type Settings = object
  speed: int
  names: seq[string]

proc sum(all: var seq[int]; by: var int): int =
  for n in mitems(all):
    n += by
    result += n

proc touch() =
  # Addresses in what is replaced, which are left over in memory that frames use next.
  discard sum(numbers(), score())
  for text in texts(): discard text.len

proc frame(settings: var Settings; title: string; names: openArray[string]) =
  touch()
  echo "next"
  performCodeReload()
  settings.speed += title.len + names.len

proc run(args: seq[string]; settings: var Settings; level: ref int) =
  for name in mitems(settings.names):
    touch()
    frame(settings, args[0], args)
    name.add '!'
    level[] += 1
    show()

var chosen = Settings(names: @["three", "four"])

proc main(args: seq[string]) =
  var own = Settings(names: @["one", "two"])
  run(args, own, new int)
  echo own
  run(args, chosen, new int)
  echo chosen

main(@["first", "second"])
