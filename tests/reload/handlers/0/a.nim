import b, std/hotcodereloading
beforeCodeReload:
  echo "a: before, old"
