"""A shop that takes orders and payments, follows clicks and shows products: the sample app of cdk_esm."""
