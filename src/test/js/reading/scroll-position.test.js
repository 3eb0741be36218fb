import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../support/page.js';
import { memoryStorage } from '../support/chat-page.js';

const { signal } = await page('vendor/signals/signals.js');
const { ScrollMemory, ScrollPosition } = await page('js/reading/scroll-position.js');

/** A box of 500 pixels, which moves as one does in a browser. */
class Box {
  clientHeight = 500;
  #height = 500;
  #top = 0;

  get scrollHeight() {
    return this.#height;
  }

  get scrollTop() {
    return this.#top;
  }

  set scrollTop(top) {
    this.#top = Math.max(0, Math.min(top, this.#height - this.clientHeight));
  }

  set height(height) {
    this.#height = height;
    this.scrollTop = this.#top;
  }
}

function open(place = null, height = 2_000) {
  const box = new Box();
  const following = signal(true);
  const position = new ScrollPosition({ box, following, place: place && (() => place) });
  const grow = (to) => {
    const before = box.scrollTop;
    box.height = to;
    if (box.scrollTop !== before) position.scrolled();
    position.resized();
    position.scrolled();
  };
  const scroll = (to) => {
    position.stopRestoring();
    box.scrollTop = to;
    position.scrolled();
  };
  grow(height);
  return { box, following, position, grow, scroll };
}

test('the end is shown while the text grows, until the reader scrolls up', () => {
  const { box, position, grow, scroll } = open();
  assert.equal(box.scrollTop, 1_500);
  scroll(900);
  grow(3_000);
  assert.equal(box.scrollTop, 900);
  assert.ok(position.away.value);
  scroll(2_500);
  grow(3_500);
  assert.equal(box.scrollTop, 3_000);
});

test('what is opened above the end moves nothing', () => {
  const { box, position, grow } = open();
  position.hold();
  grow(4_000);
  assert.equal(box.scrollTop, 1_500);
  assert.ok(position.away.value);
});

test('a text that becomes shorter under a reader who scrolled up is not followed again', () => {
  const { following, scroll, grow, box } = open();
  scroll(1_000);
  grow(1_200);
  assert.equal(following.value, false);
  grow(3_000);
  assert.equal(box.scrollTop, 700);
});

test('a text that becomes shorter at its end is followed on', () => {
  const { box, grow } = open();
  grow(1_200);
  grow(3_000);
  assert.equal(box.scrollTop, 2_500);
});

test('a place from before is shown again when so much of the chat has come', () => {
  const { box, grow, following, position, scroll } = open(800, 600);
  assert.ok(position.isRestoring);
  grow(5_000);
  assert.equal(box.scrollTop, 800);
  grow(6_000);
  assert.equal(box.scrollTop, 800);
  assert.equal(following.value, false);
  assert.ok(position.isRestoring);
  scroll(900);
  assert.ok(!position.isRestoring);
});

test('a reader who scrolls before that goes where they want', () => {
  const { box, grow, scroll } = open(800, 900);
  scroll(100);
  grow(5_000);
  assert.equal(box.scrollTop, 100);
});

test('a place is remembered for each chat, and the end as the end', () => {
  const storage = memoryStorage();
  new ScrollMemory(storage).keep('c', { message: 'm', offset: 800 });
  new ScrollMemory(storage).keep('d', null);
  assert.deepEqual(new ScrollMemory(storage).of('c'), { message: 'm', offset: 800 });
  assert.equal(new ScrollMemory(storage).of('d'), null);
  new ScrollMemory(storage).keep('c', null);
  assert.equal(new ScrollMemory(storage).of('c'), null);
});
