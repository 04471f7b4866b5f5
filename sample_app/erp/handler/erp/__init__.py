"""The handler of stock, imported relatively, so that it runs alike in Lambda and in the tests."""
