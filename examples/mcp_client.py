"""What an assistant does: start `evqa mcp`, see its tools, and call one. It needs the extra `mcp`.

python examples/mcp_client.py "What does reference 15 support?" [CORPUS]
"""

import os
import sys

import anyio
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client


async def main(question: str, corpus: str | None) -> None:
    """Print the names of the tools, and what `ask` gives; of several corpora one has to be named."""
    # The protocol's client hands on few variables by itself; EVQA_HOME says where the corpora are.
    server = StdioServerParameters(command="evqa", args=["mcp"], env=dict(os.environ))
    async with Client(stdio_client(server)) as client:
        print(", ".join(tool.name for tool in (await client.list_tools()).tools))
        result = await client.call_tool("ask", {"question": question, "corpus": corpus})
        print((result.structured_content or {})["answer"])


if __name__ == "__main__":
    anyio.run(main, sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
