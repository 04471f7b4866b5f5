"""The pipeline that checks the shop and deploys it, stage by stage."""
