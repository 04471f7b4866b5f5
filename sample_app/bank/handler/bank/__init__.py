"""The handler of the bank, imported relatively, so that it runs alike in Lambda and in the tests."""
