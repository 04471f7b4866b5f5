"""A shop that takes orders and payments: the sample app of cdk_esm."""
