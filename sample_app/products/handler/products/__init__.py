"""The handler of products, imported relatively, so that it runs alike in Lambda and in the tests."""
