"""``python -m cnub`` is the ``cnub`` command."""

from cnub.cli import main

if __name__ == "__main__":
    main()
