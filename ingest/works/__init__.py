"""What sources say of works, read: replies of Crossref, Europe PMC, OpenAlex and Unpaywall, and files of libraries."""
