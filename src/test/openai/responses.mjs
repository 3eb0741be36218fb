// Reads responses with OpenAI's SDK, and with the AI SDK: does what its commands say, a JSON array, and prints what came of each as a line of JSON.
import { createOpenAI } from "@ai-sdk/openai";
import { generateText, streamText, tool } from "ai";
import OpenAI from "openai";
import { z } from "zod";

const [baseURL, apiKey, commands] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });

// Reads up to so many events, and what they say.
async function read(events, most = Infinity) {
  const read = { id: null, last: null, text: "", deltas: [], types: [], status: null };
  for await (const event of events) {
    read.id = event.response?.id ?? read.id;
    read.status = event.response?.status ?? read.status;
    read.last = event.sequence_number;
    if (event.type.endsWith(".delta")) {
      read.text += event.delta;
      read.deltas.push(event.delta);
    } else {
      read.types.push(event.type);
    }
    if (--most <= 0) break;
  }
  return read;
}

const does = {
  answer: ({ params }) => client.responses.create(params),
  create: async ({ params, most }) => read(await client.responses.create({ ...params, stream: true }), most),
  createByHelper: async ({ params }) => {
    const stream = client.responses.stream(params);
    return { ...(await read(stream)), final: await stream.finalResponse() };
  },
  retrieve: ({ id }) => client.responses.retrieve(id),
  raw: async ({ id, after, most }) => read(await client.responses.retrieve(id, { stream: true, starting_after: after }), most),
  helper: async ({ id, after, most }) => {
    const stream = client.responses.stream({ response_id: id, starting_after: after });
    const seen = await read(stream, most);
    return most ? seen : { ...seen, final: await stream.finalResponse() };
  },
  cancel: ({ id }) => client.responses.cancel(id),
  delete: ({ id }) => client.responses.delete(id),
  // The AI SDK's own provider: what the server has is sent as references.
  agent: async ({ params }) => {
    const model = createOpenAI({ baseURL, apiKey })(params.model);
    const weather = tool({ inputSchema: z.object({ city: z.string() }), execute: ({ city }) => `sunny in ${city}` });
    const streamed = streamText({ model, prompt: params.input, tools: { weather }, maxRetries: 0, stopWhen: ({ steps }) => steps.length === 2 });
    let text = "";
    for await (const piece of streamed.textStream) text += piece;
    const said = [{ role: "user", content: params.input }, ...(await streamed.response).messages];
    const next = await generateText({ model, messages: [...said, { role: "user", content: "And now?" }], maxRetries: 0 });
    return { text, steps: (await streamed.steps).length, next: next.text };
  },
  input: async ({ id }) => (await client.responses.inputItems.list(id)).data,
};

for (const command of JSON.parse(commands)) {
  try {
    console.log(JSON.stringify(await does[command.do](command)));
  } catch (error) {
    console.log(JSON.stringify({ kind: error.constructor.name, status: error.status, param: error.param, code: error.code, message: error.message }));
  }
}
