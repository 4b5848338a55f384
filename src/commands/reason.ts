import { z } from 'zod';
import { findReasonFault } from '../steps/readers/suppress.ts';

/** Why somebody does what others will ask about. */
export const reason = z
  .string('--reason must say why, for the record')
  .trim()
  .superRefine((text, context) => {
    const fault = findReasonFault(text);
    if (fault) context.addIssue(fault);
  });
