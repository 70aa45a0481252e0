// Turns the figure of body-highlighter (MIT) into src/ThinIce.Web/Shared/body-shapes.txt: one line for each shape, with the
// view, the region of ThinIce that it stands for, and its outline. The figure has no hands, feet or joints of the arm: the
// list of check boxes beside it has them.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const regions = {
  anterior: {
    HEAD: 'head', NECK: 'neck', TRAPEZIUS: 'neck', CHEST: 'chest', OBLIQUES: 'flank', ABS: 'abdomen', BICEPS: 'upper-arm',
    TRICEPS: 'upper-arm', FRONT_DELTOIDS: 'shoulder', FOREARM: 'forearm', ABDUCTORS: 'hip', QUADRICEPS: 'thigh', KNEES: 'knee',
    CALVES: 'shin',
  },
  posterior: {
    HEAD: 'head', TRAPEZIUS: 'upper-back', BACK_DELTOIDS: 'shoulder', UPPER_BACK: 'upper-back', TRICEPS: 'upper-arm',
    LOWER_BACK: 'lower-back', FOREARM: 'forearm', GLUTEAL: 'buttock', ABDUCTOR: 'thigh', HAMSTRING: 'thigh', KNEES: 'knee',
    CALVES: 'calf', LEFT_SOLEUS: 'calf', RIGHT_SOLEUS: 'calf',
  },
};

/** Writes the file anew. */
export async function bodyShapes(root) {
  const source = await readFile(join(root, 'node_modules/body-highlighter/src/assets/index.ts'), 'utf8');
  const { version } = JSON.parse(await readFile(join(root, 'node_modules/body-highlighter/package.json'), 'utf8'));
  const lines = [`# Built by assets/body.mjs from body-highlighter ${version}, MIT: licences/body-highlighter.txt`];
  for (const [, view, body] of source.matchAll(/const (\w+)Data: ISVGModelData\[\] = \[([\s\S]*?)\n\];/g)) {
    for (const [, muscle, shapes] of body.matchAll(/muscle: MuscleType\.(\w+),\s*svgPoints: \[([\s\S]*?)\],/g)) {
      const region = regions[view][muscle];
      if (!region) throw new Error(`${view} ${muscle} has no region.`);
      for (const [, points] of shapes.matchAll(/'([^']*)'/g)) {
        const rounded = points.trim().split(/\s+/).map(n => String(Math.round(n * 10) / 10)).join(' ');
        lines.push(`${view}\t${region}\t${rounded}`);
      }
    }
  }
  await writeFile(join(root, 'src/ThinIce.Web/Shared/body-shapes.txt'), `${lines.join('\n')}\n`);
  console.log(`src/ThinIce.Web/Shared/body-shapes.txt: ${lines.length - 1} shapes`);
}
