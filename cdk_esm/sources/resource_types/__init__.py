"""What CloudFormation says of its resource types: data only, a file for each family."""
