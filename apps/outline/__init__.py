"""The wiki Outline, a product of somebody else's, in two environments without a patch."""
