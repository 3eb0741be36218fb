// What OpenAI's SDK and the AI SDK make of /v1/chat/completions: one line of JSON for each question.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, streamText, tool } from "ai";
import OpenAI from "openai";
import { z } from "zod";

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const say = (name, value) => console.log(JSON.stringify({ name, value }));
const messages = [{ role: "user", content: "What is the weather in Oslo?" }];
const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } } }];

const models = [];
for await (const model of client.models.list()) models.push(model.id);
say("models", models);
say("model", (await client.models.retrieve(models[0])).id);

say("whole", await client.chat.completions.create({ model: "m", messages }));

let text = "";
const stream = await client.chat.completions.create({ model: "m", messages, stream: true, stream_options: { include_usage: true } });
let usage = null;
for await (const chunk of stream) {
  text += chunk.choices[0]?.delta?.content ?? "";
  usage = chunk.usage ?? usage;
}
say("streamed", { text, usage });

const helper = client.chat.completions.stream({ model: "m", messages, tools });
say("tools", (await helper.finalChatCompletion()).choices[0].message.tool_calls);

for (const model of ["refused", "cut", undefined]) {
  try {
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    for await (const _ of stream);
    say("error", "none");
  } catch (error) {
    say("error", { kind: error.constructor.name, status: error.status, code: error.code, param: error.param, message: error.message });
  }
}

const leaving = await client.chat.completions.create({ model: "m", messages, stream: true });
for await (const _ of leaving) break;
say("left", true);

const provider = createOpenAICompatible({ name: "runnel", baseURL, apiKey, includeUsage: true });
const weather = tool({ inputSchema: z.object({ city: z.string() }), execute: ({ city }) => `sunny in ${city}` });
const generated = await generateText({ model: provider("m"), prompt: "hello", maxRetries: 0 });
say("generated", { text: generated.text, usage: generated.usage.outputTokens });
const streamed = streamText({ model: provider("m"), prompt: "hello", tools: { weather }, maxRetries: 0, stopWhen: ({ steps }) => steps.length === 2 });
let words = "";
for await (const piece of streamed.textStream) words += piece;
say("agent", { text: words, steps: (await streamed.steps).length, finish: await streamed.finishReason });
