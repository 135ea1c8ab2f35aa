"""From a reply to the OpenAPI of the Official Account."""
