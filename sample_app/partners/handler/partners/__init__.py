"""The handler of partners, imported relatively, so that it runs alike in Lambda and in the tests."""
