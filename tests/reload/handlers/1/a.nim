import b, std/hotcodereloading
afterCodeReload:
  echo "a: after, new"
