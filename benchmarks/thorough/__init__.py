"""What `make thorough` measures beside the tests: how many mutants they kill, and what a fuzzer finds in the reader."""
