# Reads responses with OpenAI's SDK for Python, and holds every event and object against the SDK's own types.
import json
import sys

import openai
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import TypeAdapter

client = openai.OpenAI(base_url=sys.argv[1], api_key="none", max_retries=0)
EVENT = TypeAdapter(ResponseStreamEvent)


def read(stream, most=None):
    text, last, reply, types = "", None, None, []
    for event in stream:
        EVENT.validate_python(event.to_dict())
        last = event.sequence_number
        types.append(event.type)
        reply = getattr(event, "response", reply)
        text += event.delta if event.type.endswith(".delta") else ""
        if most is not None and len(types) >= most:
            break
    return text, last, reply, types


def resumed(model, most):
    with client.responses.create(model=model, input="hello", stream=True, background=True) as stream:
        begin, last, reply, _ = read(stream, most)
    with client.responses.retrieve(reply.id, stream=True, starting_after=last) as stream:
        rest, _, whole, types = read(stream)
    assert types[-1] == "response.completed", types
    return begin + rest, whole


def helper(model):
    with client.responses.stream(model=model, input="hello") as stream:
        text = "".join(event.delta for event in stream if event.type == "response.output_text.delta")
        return text, stream.get_final_response()


def refused(**given):
    try:
        client.responses.create(**given)
    except openai.BadRequestError as error:
        return error.param
    return None


said = {}
for model, most in (("reasoning:1", 3), ("paced:60,20", 9)):
    text, reply = resumed(model, most)
    stored = client.responses.retrieve(reply.id)
    Response.model_validate(stored.to_dict(), strict=True)
    said[model] = [text, stored.output_text, stored.completed_at == reply.completed_at]
text, final = helper("text:20")
Response.model_validate(final.to_dict())
said["helper"] = [text, final.output_text]
said["tokens"] = final.usage.total_tokens
said["refused"] = refused(model="text:1", input=5)
said["models"] = all(model.object == "model" for model in client.models.list())
chunks = client.chat.completions.create(model="text:3", messages=[{"role": "user", "content": "x"}], stream=True)
said["relay"] = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
print(json.dumps(said))
