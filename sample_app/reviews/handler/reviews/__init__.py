"""The handler of reviews, imported relatively, so that it runs alike in Lambda and in the tests."""
