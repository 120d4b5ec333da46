const shapes = [
  '',
  'M0 8L8 0',
  'M0 0L8 8',
  'M0 4H8',
  'M4 0V8',
  'M0 8L8 0M0 0L8 8',
  'M4 3.5V4.5',
  'M0 4H8M4 0V8',
];

/** Defines the textures for all drawings of the page; a drawing that is saved on its own takes a copy along. */
export function Textures() {
  return (
    <svg class="textures" aria-hidden="true" width="0" height="0">
      <defs id="textures">
        {shapes.map((shape, place) => (
          <pattern
            key={place}
            id={`texture-${place}`}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            class={`variant-${place}`}
          >
            <rect width="8" height="8" class="texture-ground" />
            {shape && <path d={shape} class="texture-mark" />}
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
