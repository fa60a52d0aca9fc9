#!/bin/sh
exec python3 tests/integration/injection.py
