#! (1, 1) Error: closing """ expected, but end of file reached
echo """abc
