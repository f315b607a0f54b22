"""The service: questions, bibliographies and health over HTTP."""
