import { signal } from '@preact/signals';
import { Problem } from '../api.js';
import { backoff } from '../reading/backoff.js';
import { lastingStorage } from '../shell/storage.js';

const key = 'runnel.model';

/** A chat may have kept a model's name without its server's from a time with one server. */
function fullName(name, models) {
  const meant = models.filter(({ id, provider }) => id === `${provider}/${name}`);
  const main = meant.find(({ provider }) => provider === 'default');
  return main ?? (meant.length === 1 ? meant[0] : undefined);
}

export class Models {
  list = signal([]);
  providers = signal([]);
  #byDefault = signal(null);
  /** For the next new chat alone, since a link or a preset wants it so. */
  once = signal(null);
  /** Those that answer the next prompt beside the one that is in use. */
  others = signal([]);
  #lastChosen = signal(lastingStorage.getItem(key));
  #api;
  #notices;
  #browser;
  #attempt = 0;
  #reported = null;
  #timer;

  constructor({ api, notices, browser }) {
    this.#api = api;
    this.#notices = notices;
    this.#browser = browser;
    browser.onReturn(() => !this.#complete && this.load());
  }

  get #complete() {
    return this.list.value.length > 0 && this.providers.value.every(({ state }) => state === 'ok');
  }

  get #settled() {
    return this.list.value.length > 0 &&
      this.providers.value.every(({ state }) => state !== 'pending');
  }

  /** Asks again until there are some: the model server may come later than the page. */
  async load() {
    this.#browser.clearTimeout(this.#timer);
    try {
      this.#take(await this.#api.readModels());
    } catch (error) {
      this.#report(error);
      if (error.status === 401) return;
    }
    if (this.#settled) return;
    this.#timer = this.#browser.setTimeout(() => this.load(), backoff(this.#attempt));
    this.#attempt += 1;
  }

  /** The model that a chat uses, or a new one would; never one that is no longer there. */
  of(chat) {
    return this.#entry(chat)?.id ?? this.#byDefault.value;
  }

  /** As a prompt names them. */
  answering(chat) {
    const models = [...new Set([this.of(chat), ...this.others.value])].filter(Boolean);
    return models.length > 1 ? { models } : { model: models[0] };
  }

  /** What the server says of the model for a chat; undefined where it is not known yet. */
  entry(chat) {
    const id = this.of(chat);
    return this.list.value.find((each) => each.id === id);
  }

  /** What the server says of the model of a reply, if anything. */
  named(model) {
    const { list: { value: models } } = this;
    return models.find(({ id }) => id === model) ?? fullName(model, models);
  }

  /** How many tokens a model takes; undefined where that is not known. */
  contextOf(model) {
    return this.named(model)?.context_length;
  }

  /** Whether that is the built-in demo's. */
  isDemo(chat) {
    return this.entry(chat)?.provider === 'demo';
  }

  remember(model) {
    this.once.value = null;
    this.#lastChosen.value = model;
    lastingStorage.setItem(key, model);
  }

  #entry(chat) {
    const wanted = chat ? chat.model : this.once.value ?? this.#lastChosen.value;
    const models = this.list.value;
    return models.find(({ id }) => id === wanted) ?? fullName(wanted, models);
  }

  #take({ models, providers, default: byDefault }) {
    this.list.value = models;
    this.providers.value = providers;
    this.#byDefault.value = byDefault;
    const dead = providers.filter(({ detail }) => detail);
    if (models.length === 0 && dead.length) {
      const detail = dead.map((each) => `${each.name}: ${each.detail}`).join(' ');
      throw new Problem(502, { detail });
    }
    if (this.#reported) this.#notices.retract(this.#reported);
    this.#reported = null;
  }

  #report(error) {
    if (!this.#reported) this.#notices.report(error);
    this.#reported = error;
  }
}
